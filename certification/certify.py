"""Issue a title that was announced (announce.py): numbers, validity, the certificate; and the stock of titles that existed before this portal."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from certification.change import people_of
from certification.models import Announcement, Application, Certificate, Restoration
from certification.movements import was_told
from certification.notify import tell_applicants
from certification.numbering import next_number
from certification.object import refuse_if_held
from certification.obstacles import refuse_with_lasting
from certification.permissions import APPLICATION, CERTIFICATE
from certification.reach import words_of_open_exit
from certification.rule_continuation import awaited, failed, keep_open, ruling_for
from certification.signals import certificate_ended, certificate_issued
from certification.steps_up import absorb, absorb_lower, takes_over
from certification.tiers import VALID_YEARS, WORDS, CaseType, label
from enterprises.models import Enterprise
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Problem, Refused
from foundation.transitions import begin, move

MET = "met"


def last_valid_day(first: date) -> date:
    """Three years from the announcement: 2026-08-28 → 2029-08-27 is the last valid day."""
    try:
        anniversary = first.replace(year=first.year + VALID_YEARS)
    except ValueError:
        return first.replace(year=first.year + VALID_YEARS, day=28)
    return anniversary - timedelta(days=1)


def grant(application: Application, announcement: Announcement, *, actor: Principal) -> Certificate:
    """One case more on an announcement that is there. Refused("conflict") with all that keeps it from the title."""
    refuse_with_lasting([application])
    return give(application, announcement, actor=actor)


def give(application: Application, announcement: Announcement, *, actor: Principal) -> Certificate:
    """Part of announcing: what lasts against the cases was asked for all of them at once (announce.py)."""
    refuse_if_held(application)
    move(
        application, "grant", actor=actor, machine=APPLICATION,
        detail={"document_number": announcement.document_number}, stage_since=clock.now(),
    )  # fmt: skip
    certificate = issue(
        application.enterprise,
        tier=application.tier,
        first=announcement.announced_on,
        last=last_valid_day(announcement.announced_on),
        announcement=announcement,
        application=application,
        actor=actor,
    )
    tell_applicants(application, f"已公告，证书编号 {certificate.number}")
    return certificate


def issue(
    enterprise: Enterprise,
    *,
    tier: str,
    first: date,
    last: date,
    actor: Principal,
    announcement: Announcement | None = None,
    application: Application | None = None,
    origin: str = "announced",
    number: str = "",
    batch: str = "",
    document_number: str = "",
    announced_on: date | None = None,
) -> Certificate:
    """One title. Refused("duplicate") when the enterprise holds this tier in an overlapping time."""
    day = announced_on or (announcement.announced_on if announcement else first)
    for older in Certificate.objects.filter(
        enterprise=enterprise, tier=tier, state__in=["valid", "expired", "not_renewed"], valid_from__lt=first
    ):
        in_time = carries_on(application, older)
        if in_time or (older.valid_until >= first and older.state != "not_renewed"):
            if older.ended_on is not None and was_told(older.booked_on or older.ended_on):
                note_return(older, document_number or (announcement.document_number if announcement else ""))
            shorten(older, first)
            move(older, "renew", actor=Principal.system("renewal"), machine=CERTIFICATE, ended_on=first)
            certificate_ended.send(sender=Certificate, certificate=older, on=first, reason="由新证书接续")
    certificate = Certificate(
        number=number or draw_number(tier, day),
        enterprise=enterprise,
        enterprise_name=enterprise.name,
        credit_code=enterprise.credit_code,
        region_path=enterprise.region_path,
        tier=tier,
        batch=batch or (announcement.batch if announcement else ""),
        document_number=document_number or (announcement.document_number if announcement else ""),
        announced_on=day,
        valid_from=first,
        valid_until=last,
        origin=origin,
        entered_by=way_in(application),
        rule_set_code=application.rule_set_code if application else "",
        application=application,
        announcement=announcement,
    )
    try:
        with transaction.atomic():
            begin(certificate, actor=actor, machine=CERTIFICATE, audience="public")
    except IntegrityError as error:
        raise Refused(
            "duplicate",
            f"{enterprise.name}在这段时间已有{label(tier)}称号，或证书编号重复，有效期不能重叠。",
            [Problem("有效期与已有称号重叠，或编号重复", "valid_from")],
        ) from error
    certificate_issued.send(sender=Certificate, certificate=certificate, on=day)
    absorb_lower(certificate)
    return certificate


def way_in(application: Application | None) -> str:
    """score or direct, as the last submission was judged, where the rules know both ways (63号 附件1 一); else empty.

    Who reaches the marks came in by them, whatever shortcut was open as well.
    """
    filed = application.submissions.order_by("-number").first() if application else None
    outcomes = {line["code"]: line["outcome"] for line in filed.result.get("criteria", [])} if filed else {}
    if "score" not in outcomes or outcomes.get("pass") != MET:
        return ""
    return "score" if outcomes["score"] == MET else "direct"


def carries_on(application: Application | None, older: Certificate) -> bool:
    """Only a re-review that was applied for in time goes on from an old title; after a lapse a new title is an entry."""
    return (
        application is not None
        and application.case_type == CaseType.RENEWAL
        and application.counts_from is not None
        and application.counts_from <= older.valid_until
    )


def note_return(title: Certificate, document_number: str) -> None:
    """Its days were over, and told so, before its re-review passed: the exit stays where it was told, the return is told today."""
    Restoration.objects.create(
        certificate=title, ended_as=title.state, ended_on=title.booked_on or title.ended_on, end_reason=title.end_reason,
        clause="有效期届满", restored_on=clock.today(), document_number=document_number,
    )  # fmt: skip


def shorten(older: Certificate, first: date) -> None:
    """A renewed title ends where the new one begins, so that the two never overlap."""
    if older.valid_until >= first:
        Certificate.objects.filter(pk=older.pk).update(valid_until=first - timedelta(days=1))
        older.refresh_from_db()


def draw_number(tier: str, day: date) -> str:
    """NX-ZJTX-2026-0123, gapless within tier and year."""
    prefix = WORDS[tier].prefix
    return f"NX-{prefix}-{day.year}-{next_number(f'certificate {tier}', day.year):04d}"


def expire_due(*, actor: Principal) -> int:
    """Titles whose last valid day is over; nobody decides anything here, the calendar does. Returns how many ended."""
    due = Certificate.objects.filter(state="valid", valid_until__lt=clock.today()).order_by("id")
    ended = 0
    for certificate in list(due):
        with transaction.atomic():
            ended += run_out(certificate, actor=actor)
    # The re-review that was still waiting on the last day has been refused since: the ledger says so, the day stays.
    for certificate in list(failed(Certificate.objects.filter(state="expired")).order_by("id")):
        move(certificate, "not_renew", actor=actor, machine=CERTIFICATE, end_reason="复核未通过，有效期满")
    return ended


def run_out(certificate: Certificate, *, actor: Principal) -> bool:
    """The end of the days has three names: taken over by a higher title, not renewed after a re-review, or simply over.

    A title whose re-review still waits ends too, unless an official has ruled that it goes on; then False.
    """
    waiting = awaited(certificate)
    ruling = ruling_for(certificate) if waiting is not None else None
    if ruling is not None:
        if keep_open(certificate, ruling):
            _tell(
                certificate,
                "复核正在办理，称号依裁定继续有效",
                f"复核正在办理。依{ruling.document_number}，办结以前称号继续有效，办结后另行告知。",
            )
        return False
    higher = takes_over(certificate)
    if higher is not None:
        absorb(certificate, higher)
        return True
    kept = certificate.kept_open_by_id is not None
    last = clock.today() if kept else certificate.valid_until
    is_failed = failed(Certificate.objects.filter(pk=certificate.pk)).exists()
    act, reason = ("not_renew", "复核未通过，有效期满") if is_failed else ("expire", "有效期满")
    move(certificate, act, actor=actor, machine=CERTIFICATE, ended_on=last, end_reason=reason)
    certificate_ended.send(sender=Certificate, certificate=certificate, on=last, reason=reason)
    if is_failed:
        _tell(certificate, reason, "可以查看复核决定和救济途径，条件具备后按当年通知重新申请。")
    elif waiting is not None:
        _tell(
            certificate, "期满，复核正在办理",
            f"复核申请{waiting.receipt_number or ''}正在办理，办结后另行告知，不需要重新申请；到期不追回已经依法取得的权益。",
        )  # fmt: skip
    else:
        _tell(certificate, reason, "可以按当年通知重新申请；到期不追回已经依法取得的权益。")
    return True


def _tell(certificate: Certificate, what: str, then: str) -> None:
    send(
        people_of(certificate), subject=f"{certificate.get_tier_display()}称号：{what}", about=certificate, topic=Topic.TITLE,
        body=f"证书编号 {certificate.number}，最后一个有效日是{cn(certificate.valid_until)}。{words_of_open_exit(certificate)}{then}",
        url="/my/certificates/", what_to_do="查看证照和可以申请的批次",
    )  # fmt: skip
