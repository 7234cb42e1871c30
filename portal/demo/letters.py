"""The demo's mail: a served notice that was opened, one that waits, a digest, and a task for an office to serve by hand."""

from datetime import timedelta

from certification.models import Application
from certification.notify import applicants
from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.mailroom.models import Delivery, Digest, Message, MessageKind, Proof, Topic, Way
from foundation.mailroom.posting import send
from foundation.mailroom.serve import open_fallbacks, open_letter
from foundation.workdays.counting import add_workdays

COUNTY = "64/6401/640104"


def make_letters() -> None:
    for name in ("qiye-zhang", "qiye-wang"):
        User.objects.filter(username=name).update(email=f"{name}@example.org")
    served_and_waiting()
    one_to_open(User.objects.get(username="qiye-zhang"))
    digest_of_yesterday(User.objects.get(username="qiye-wang"))
    open_fallbacks()


def served_and_waiting() -> None:
    """Two cases of one county: the first firm has opened its notice, the second one cannot be reached."""
    waiting = Application.objects.filter(region_path=COUNTY, state__in=["screening", "returned"])
    cases = waiting.select_related("enterprise").order_by("id")[:2]
    for case, opens in zip(cases, (True, False), strict=False):
        people = applicants(case)[:1]
        (letter,) = send(
            people,
            subject=f"受理通知书（演示）：{case.get_tier_display()}",
            body=f"{case.enterprise_name}：\n您提交的申请（{case.receipt_number}）已经受理，由兴庆区工业和信息化主管部门初审。\n本件为演示内容。",
            kind=MessageKind.LEGAL,
            topic=Topic.CASE,
            what_to_do="请打开确认收到；联系方式有变的，请及时告知受理单位",
            url=f"/my/applications/{case.public_id}/",
            about=case,
        )
        if opens:
            open_letter(letter, actor=Principal.of_user(people[0]))


def one_to_open(member: User) -> None:
    """The e-mail was taken by a server, which proves that we sent it and nothing more."""
    firm = Enterprise.objects.get(memberships__user=member)
    (letter,) = send(
        [member],
        subject="年度信息更新通知书（演示）",
        body=f"{firm.name}：\n请在期限内核对并更新上一年度的数据。本件为演示内容，日期为示例。",
        kind=MessageKind.LEGAL,
        topic=Topic.DUE,
        what_to_do="请核对上一年度数据并确认",
        due_on=add_workdays(clock.today(), 10),
        url="/my/facts/",
        about=firm,
    )
    moment = clock.now()
    Delivery.objects.filter(message=letter, channel="email").update(
        state="sent", way=Way.EACH, sent_at=moment, answer="邮件服务器已接收（演示）"
    )
    Proof.objects.create(message=letter, channel="email", what="handed", at=moment, answer="邮件服务器已接收（演示）")


def digest_of_yesterday(member: User) -> None:
    firm = Enterprise.objects.get(memberships__user=member)
    told = [
        send(
            [member], subject=subject, body=body, topic=topic, what_to_do=what, due_on=day, url=url, about=firm
        )[0]
        for subject, body, topic, what, day, url in (
            ("专精特新中小企业申报正在进行（演示）", "申报窗口已经打开，您有一份草稿。", Topic.CASE, "把草稿填完并提交",
             add_workdays(clock.today(), 12), "/my/applications/"),
            ("新增一项可以办理的措施（演示）", "您持有的称号可以办理这一项。", Topic.BENEFIT, "看看是否需要", None, "/my/entitlements/"),
        )
    ]  # fmt: skip
    yesterday = clock.now() - timedelta(days=1)
    digest = Digest.objects.create(
        person=member, on=yesterday.date(), state="sent", sent_at=yesterday, answer="邮件服务器已接收（演示）"
    )
    Message.objects.filter(pk__in=[m.pk for m in told]).update(created_at=yesterday - timedelta(hours=6))
    Delivery.objects.filter(message__in=told, channel="email").update(
        state="digested", way=Way.DIGEST, digest=digest, sent_at=yesterday
    )
