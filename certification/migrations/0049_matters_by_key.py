"""A ruling on what is open about a firm names each matter by its number and how far it had come; its words are kept beside."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone

# As they were when rulings were kept under these words.
KINDS = {
    "safety": "较大以上生产安全事故", "data_security": "重大网络和数据安全事件", "quality": "严重质量问题", "pollution": "重大环境污染事故",
    "falsified": "申报材料或数据造假", "dishonest": "列入严重失信主体名单", "tax": "偷漏税等涉税违法", "abnormal": "列入经营异常名录",
    "penalty": "环境行政处罚", "ownership": "控股股东或实际控制人变更",
}  # fmt: skip
GROUNDS = {
    "fraud": "申报材料弄虚作假", "accident": "发生重大安全（含网络安全、数据安全）、质量、环境污染等事故", "dishonesty": "列入严重失信主体名单",
    "tax": "有偷漏税等违法违规行为", "change_not_reported": "发生更名、合并、重组、跨省迁移、设立分支机构等重大变化未在3个月内报告",
}  # fmt: skip
TIERS = {
    "innovative": "创新型中小企业", "specialised": "专精特新中小企业", "little_giant": "专精特新“小巨人”企业", "champion": "制造业单项冠军企业",
}  # fmt: skip
REPORTS = {"属实，待处理": "confirmed", "已办结": "closed"}
STEPS = {"拟提出": "drafted", "已告知企业": "told", "已决定": "decided"}


def cn(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def keys(apps: Any, enterprise_id: int) -> dict[str, str]:
    """{the words under which a matter of this firm was kept: its key}, for every step that a ruling could name."""
    known = {}
    for row in apps.get_model("certification", "Incident").objects.filter(enterprise_id=enterprise_id):
        what = f"{KINDS.get(row.kind, row.kind)}（{cn(row.happened_on)}，{row.document}）"
        known |= {f"{what}：{words}": f"incident:{row.public_id}:{state}" for words, state in REPORTS.items()}
    for row in apps.get_model("certification", "Exit").objects.filter(enterprise_id=enterprise_id):
        what = f"{TIERS[row.tier]}退出程序：{GROUNDS.get(row.ground, row.ground)}"
        begun = cn(timezone.localtime(row.created_at).date())
        known |= {f"{what}（{begun}提出，{words}）": f"exit:{row.public_id}:{step}" for words, step in STEPS.items()}
    return known


def by_key(apps: Any, schema_editor: Any = None) -> None:
    """What no matter answers to keeps its words: it was not ruled on as it stands, and is asked about again."""
    for row in apps.get_model("certification", "Override").objects.filter(against="matters", named=[]):
        known = keys(apps, row.enterprise_id)
        row.named, row.codes = row.codes, [known.get(words, words) for words in row.codes]
        row.save(update_fields=["named", "codes"])


class Migration(migrations.Migration):
    dependencies = [("certification", "0048_first_filed")]
    operations = [
        migrations.AddField("override", "named", models.JSONField(default=list, verbose_name="当时的情况和程序")),
        migrations.RunSQL(
            "SELECT set_config('app.lo', '6', true), set_config('app.hi', '7', true)", migrations.RunSQL.noop
        ),
        migrations.RunPython(by_key, migrations.RunPython.noop),
        migrations.RunSQL(
            "SELECT set_config('app.lo', '', true), set_config('app.hi', '', true)", migrations.RunSQL.noop
        ),
    ]
