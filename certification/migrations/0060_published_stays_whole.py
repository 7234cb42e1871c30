"""Of a published rule only its state moves, title and dates included; TRUNCATE takes away neither rules nor signed letters.

A call remembers the text of its notices, so that one revised under its code is seen before the call goes out.
"""

from django.db import migrations, models

from foundation.walls import never_emptied_operation

BEFORE = """
CREATE OR REPLACE FUNCTION certification_rule_text_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN
      RAISE EXCEPTION 'a published rule cannot be deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.state <> 'draft' AND {differs} THEN
    RAISE EXCEPTION 'a published rule cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
TEXT = "(NEW.text, NEW.content_hash, NEW.code, NEW.revision) IS DISTINCT FROM (OLD.text, OLD.content_hash, OLD.code, OLD.revision)"
WHOLE = "(to_jsonb(NEW) - '{state,version,updated_at}'::text[]) IS DISTINCT FROM (to_jsonb(OLD) - '{state,version,updated_at}'::text[])"
"""Everything but what retiring moves; a column that comes later is frozen from its first day."""


class Migration(migrations.Migration):
    dependencies = [("certification", "0053_quiet_interval")]
    operations = [
        migrations.AddField(
            model_name="call",
            name="notice_hashes",
            field=models.JSONField(
                default=dict, help_text="{code: content hash} of the notices as the draft was saved with them."
            ),
        ),
        migrations.RunSQL(sql=BEFORE.replace("{differs}", WHOLE), reverse_sql=BEFORE.replace("{differs}", TEXT)),
        never_emptied_operation("certification_ruleset"),
        never_emptied_operation("certification_overlay"),
        never_emptied_operation("certification_letter"),
    ]
