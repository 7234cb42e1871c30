"""The demo's questions to other departments: asked about what the province reviews, one answered with a finding."""

from certification import consult
from certification.models import Application, Consultation
from foundation.accounts.models import User
from foundation.accounts.principal import Principal


def settle(application: Application, reviewer: Principal, but: str = "") -> None:
    """Asked, and answered on paper that there is nothing: what has to be there before a case is listed."""
    if application.state != consult.STAGE:
        return
    consult.ask_by_rule(application, actor=Principal.system("demo"))
    for row in Consultation.objects.filter(application=application, state="asked").exclude(department=but):
        consult.answer(row, {"finding": "none", "document": "示例函（演示）"}, actor=reviewer)


def make_consultations() -> None:
    consult.keep_up(actor=Principal.system("demo"))
    emergency = Principal.of_user(User.objects.get(username="bumen-yingji"))
    rows = [row for row in consult.asked_of(emergency) if row.state == "asked"]
    if len(rows) > 1:
        consult.answer(rows[0], {"finding": "none"}, actor=emergency)
    tax = Consultation.objects.filter(department="tax", state="asked").order_by("-id").first()
    if tax is not None:
        desk = Principal.of_user(User.objects.get(username="sheng-shenhe"))
        told = {
            "finding": "unclear",
            "details": "企业近期变更名称，历史记录需比对（演示）",
            "document": "示例税函1号（演示）",
        }
        consult.answer(tax, told, actor=desk)
