"""A title keeps by which way its firm came in; of those that were announced before, as the last submission was judged."""

from django.db import migrations, models

FROM_WHAT_WAS_FILED = """
UPDATE certification_certificate c SET entered_by = CASE WHEN s.result->'criteria' @> '[{"code": "score", "outcome": "met"}]'
  THEN 'score' ELSE 'direct' END
FROM (SELECT DISTINCT ON (application_id) application_id, result FROM certification_submission ORDER BY application_id, number DESC) s
WHERE s.application_id = c.application_id AND s.result->'criteria' @> '[{"code": "score"}, {"code": "pass", "outcome": "met"}]'
"""


class Migration(migrations.Migration):
    dependencies = [("certification", "0040_where_a_case_begins")]
    operations = [
        migrations.AddField(
            model_name="certificate",
            name="entered_by",
            field=models.CharField(
                blank=True,
                choices=[("score", "评分达标"), ("direct", "直通条件")],
                default="",
                max_length=6,
                verbose_name="进入路径",
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(
            [
                "SELECT set_config('app.lo', '6', true), set_config('app.hi', '7', true)",
                FROM_WHAT_WAS_FILED,
                "SELECT set_config('app.lo', '', true), set_config('app.hi', '', true)",
            ],
            migrations.RunSQL.noop,
        ),
    ]
