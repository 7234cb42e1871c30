"""期满衔接: a title ends while its re-review is still decided. It stays in force only where an official has ruled so.

Nothing is shipped and nothing is assumed: without a ruling the title ends on its last day, and the firm and the desk are
told that the re-review goes on. A ruling is data with a paper behind it; it is never undone, only followed by another.
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from certification.models import Application, Certificate, ContinuationRuling
from certification.permissions import rules_on_days
from certification.states import ACTIVE
from certification.tiers import CaseType, Tier
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused

SHORTEST = 10
UNDECIDED = tuple(state for state in ACTIVE if state != "draft")
FAILED = ("refused", "national_refused")


SET_ASIDE = Q(state="refused", reconsiderations__state="set_aside")
"""A refusal that was set aside never happened: it neither ends a title nor costs the firm the day on which it had filed."""


def by_first_day() -> QuerySet[Application]:
    """Re-reviews with `filed_on`, the day that counts: of the first filing, where a refusal since then was set aside."""
    filed_on = TruncDate(Coalesce("first_filed_at", "submitted_at"))
    return Application.objects.filter(case_type=CaseType.RENEWAL).annotate(filed_on=filed_on)


def renewals(states: tuple[str, ...]) -> QuerySet[Application]:
    """Re-reviews in these states, as a subquery beside a title: of its tier, filed within its days."""
    return by_first_day().filter(
        enterprise_id=OuterRef("enterprise_id"), tier=OuterRef("tier"), state__in=states,
        filed_on__gt=OuterRef("valid_from"), filed_on__lte=OuterRef("valid_until"),
    )  # fmt: skip


def undecided(titles: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Those whose re-review was applied for in time and waits for its decision."""
    return titles.filter(Exists(renewals(UNDECIDED)))


def failed(titles: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Those whose re-review was refused, and none is waiting."""
    return titles.filter(Exists(renewals(FAILED).exclude(SET_ASIDE))).exclude(Exists(renewals(UNDECIDED)))


def awaited(title: Certificate) -> Application | None:
    """The re-review of this title that was filed by its last day and is not decided."""
    rows = by_first_day().filter(
        enterprise_id=title.enterprise_id, tier=title.tier, state__in=UNDECIDED,
        filed_on__gt=title.valid_from, filed_on__lte=title.valid_until,
    )  # fmt: skip
    return rows.order_by("-submitted_at").first()


def ruling_for(title: Certificate) -> ContinuationRuling | None:
    """The ruling by which this title stays in force; None where nobody has ruled, or the last one says that it ends."""
    rows = ContinuationRuling.objects.filter(
        tier=title.tier, ends_from__lte=title.valid_until, ends_until__gte=title.valid_until
    )
    last = rows.order_by("-id").first()
    return last if last is not None and last.keeps else None


def keep_open(title: Certificate, ruling: ContinuationRuling) -> bool:
    """Write down by which ruling the title goes on. True the first time; asked again nothing happens."""
    done = Certificate.objects.filter(pk=title.pk, state="valid").exclude(kept_open_by=ruling).update(
        kept_open_by=ruling, version=F("version") + 1, updated_at=clock.now()
    )  # fmt: skip
    if not done:
        return False
    title.refresh_from_db()
    detail = {"document_number": ruling.document_number}
    record(
        "certificate.keep_open", title, actor=Principal.system("calendar"), audience="public", reason=ruling.reason,
        detail=detail,
    )  # fmt: skip
    announce("certificate", title, fields=["kept_open_by"])
    return True


def rule_continuation(given: Mapping[str, str], *, actor: Principal) -> ContinuationRuling:
    """Rule on the titles of one tier that end between two days. Refused("invalid") with everything that is wrong."""
    if not rules_on_days(actor):
        raise Missing
    tier, keeps = given.get("tier", ""), given.get("keeps", "")
    reason, paper = given.get("reason", "").strip(), given.get("document_number", "").strip()
    first, last = _day(given.get("ends_from", "")), _day(given.get("ends_until", ""))
    problems: list[Problem] = []
    if tier not in Tier.values:
        problems.append(Problem("请选择层级", "tier"))
    if first is None:
        problems.append(Problem("请填写有效期截止的起日", "ends_from", hint="例：2026-08-01"))
    if last is None:
        problems.append(Problem("请填写有效期截止的止日", "ends_until", hint="例：2026-08-31"))
    if first is not None and last is not None and last < first:
        problems.append(Problem("止日早于起日", "ends_until"))
    if last is not None and last < clock.today():
        problems.append(Problem("这些称号已经期满，不能事后再定", "ends_until", hint="已经期满的称号不因裁定恢复"))
    if keeps not in ("yes", "no"):
        problems.append(Problem("请选择办结以前是否继续有效", "keeps"))
    if len(reason) < SHORTEST:
        problems.append(Problem("请写明理由，企业会看到", "reason", hint="依据哪个文件、哪一条，为什么适用"))
    if not paper:
        problems.append(
            Problem("请填写依据的文号", "document_number", hint="国家称号填国家通知的文号；没有文件依据的，不作裁定")
        )
    if problems or first is None or last is None:
        raise Refused("invalid", f"还不能裁定：有 {len(problems)} 处要改。", problems)
    with transaction.atomic():
        row = ContinuationRuling.objects.create(
            tier=tier, ends_from=first, ends_until=last, keeps=keeps == "yes", reason=reason[:2000],
            document_number=paper[:60], by_id=actor.user_id, by_name=actor.name, office_name=actor.office_name, at=clock.now(),
        )  # fmt: skip
        record(
            "continuation_ruling.create", row, actor=actor, reason=reason, audience="public",
            detail={"from": cn(first), "until": cn(last), "what": "继续有效" if row.keeps else "期满即止"},
        )  # fmt: skip
        announce("continuation_ruling", row, op="create")
    return row


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
