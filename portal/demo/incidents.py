"""The demo's reports from outside: one to answer, one that was true and is being helped, one false alarm."""

from datetime import timedelta

from certification import assist, incident, leave
from certification.models import Certificate, Incident
from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.ledger import work

SAY = "（演示，虚构）"


def make_incidents() -> None:
    county, province = who("xingqing"), who("sheng-shenhe")
    zhang = Enterprise.objects.get(memberships__user__username="qiye-zhang", memberships__state="verified")
    today = clock.today()
    day = (today - timedelta(days=45)).isoformat()
    waiting = told("penalty", "某市生态环境部门", "示例罚字〔2026〕1号", "危险废物贮存标识不全，被处以警告", day)
    incident.report(zhang, waiting, actor=province)
    others = (
        Certificate.objects.filter(state="valid", tier="specialised", region_path="64/6401/640104")
        .exclude(enterprise=zhang)
        .order_by("id")
    )
    listed, mistaken = (row.enterprise for row in others[:2])
    true = incident.report(
        listed,
        told("abnormal", "国家企业信用信息公示系统", "查询记录 示例1", "未按期公示年度报告，被列入经营异常名录", day),
        actor=county,
    )
    # The demo's months are written in one afternoon: this report is a month old, so that the firm's days are over.
    Incident.objects.filter(pk=true.pk).update(created_at=clock.now() - timedelta(days=31))
    true.refresh_from_db()
    incident.serve_on_paper(true, today - timedelta(days=30), "示例回证1", actor=county)
    incident.judge(true, "confirm", "公示系统查询属实，尚未移出" + SAY, actor=province)
    help_ = assist.visible(county).filter(incident=true).first()
    if help_ is not None:
        assist.note(help_, "电话告知补报年报和申请移出的步骤，约定下周上门" + SAY, actor=county)
    wrong = incident.report(
        mistaken, told("tax", "某市税务部门名单", "名单 示例2", "名单显示存在欠税", day), actor=province
    )
    incident.judge(wrong, "call_false", "名单所列为同名企业，信用代码不同" + SAY, actor=county)
    gone = Certificate.objects.filter(state="valid", tier="innovative", region_path="64/6402/640202").order_by("-id")
    leave.ask(
        gone[0], {"kind": "dissolve", "reason": "2026年10月已办理注销登记" + SAY, "source": "注销登记通知书 示例3号（演示）"},
        actor=who("dawukou"),
    )  # fmt: skip
    work.drain([assist.KIND])


def told(kind: str, source: str, document: str, facts: str, day: str) -> dict[str, str]:
    return {"kind": kind, "source": source + "（演示）", "document": document, "facts": facts + SAY, "happened_on": day}


def who(username: str) -> Principal:
    return Principal.of_user(User.objects.get(username=username))
