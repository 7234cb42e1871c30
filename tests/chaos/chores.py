"""One piece of work for each kind that the ledger knows, each with something to do; R2 delivers them ten times.

A new kind needs an entry here: the drill asks the ledger's own register and fails for one that it could not try.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from certification import (
    announce,
    assist,
    blind,
    cohort,
    escalate,
    extend,
    remind,
    rereview,
    sample_visits,
    sign_announcement,
    sweep,
    tasks,
    tell_list,
)
from certification.models import (
    Application,
    BlindPaper,
    Certificate,
    Cohort,
    CohortTitle,
    Extension,
    Finding,
    Posting,
    RoundCase,
    StageLimit,
    Sweep,
)
from certification.states import IN_REVIEW
from certification.tiers import CaseType
from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue
from foundation.mailroom import digest, sort
from foundation.mailroom.models import Delivery, Digest, Way

Made = tuple[str, dict[str, Any]]
"""Key and payload of an item."""


def blind_papers() -> Made:
    """The papers of a case that experts read, to be made again."""
    case = RoundCase.objects.order_by("id").first()
    assert case is not None
    BlindPaper.objects.filter(case=case).delete()
    return case.public_id, {"case": case.pk}


def late_case() -> Made:
    """A case that has lain at its desk for two years, where nobody stopped the clock."""
    running = Application.objects.filter(state__in=IN_REVIEW, pauses=None).order_by("id").first()
    assert running is not None
    StageLimit.objects.get_or_create(tier=running.tier, stage=running.state, defaults={"workdays": 5})
    Application.objects.filter(pk=running.pk).update(stage_since=clock.now() - timedelta(days=730))
    return f"{running.pk}:drill", {"application": running.pk}


def title_that_ends() -> Made:
    """A title whose last day is near while its re-review waits at a desk."""
    own = Certificate.objects.filter(enterprise=OuterRef("enterprise"), state="valid")
    waiting = Application.objects.filter(Exists(own), state__in=IN_REVIEW).order_by("-id").first()
    assert waiting is not None
    Application.objects.filter(pk=waiting.pk).update(case_type=CaseType.RENEWAL, submitted_at=clock.now())
    title = Certificate.objects.filter(enterprise=waiting.enterprise, state="valid").order_by("id").first()
    assert title is not None
    Certificate.objects.filter(pk=title.pk).update(tier=waiting.tier, valid_until=clock.today() + timedelta(days=5))
    return f"{title.pk}:drill", {"certificate": title.pk}


def list_to_tell() -> Made:
    """A published list whose firms were not told yet."""
    row = Posting.objects.filter(state__in=["running", "ended"]).order_by("id").first()
    assert row is not None
    Posting.objects.filter(pk=row.pk).update(told_at=None)
    return row.public_id, {"posting": row.pk}


def announcement_that_is_due() -> Made:
    """Signed by its second person, and the interval is over."""
    case = (
        Application.objects.filter(state="decided")
        .exclude(announcement_lines__draft__state="draft")
        .order_by("-id")
        .first()
    )
    assert case is not None
    clerk, leader = (Principal.of_user(User.objects.get(username=name)) for name in ("sheng-shenhe", "sheng-chuzhang"))
    row = sign_announcement.sign(
        announce.draft(case.call, [case], actor=clerk, document_number="（演练）31号"), actor=leader
    )
    WorkItem.objects.filter(kind=sign_announcement.MAKE).delete()
    return f"{row.public_id} {row.version}", {"draft": row.pk, "version": row.version}


def letter() -> Made:
    """A letter that goes out by itself."""
    row = Delivery.objects.filter(channel="email", message__read_at=None).exclude(message__recipient__email="").first()
    assert row is not None
    Delivery.objects.filter(pk=row.pk).update(state="pending", way=Way.EACH, sent_at=None, digest=None)
    return f"delivery:{row.pk}:drill", {"delivery": row.pk}


def digested() -> Made:
    """A digest with one letter in it."""
    rows = Delivery.objects.filter(channel="email", message__read_at=None).exclude(message__recipient__email="")
    row = rows.order_by("-id").select_related("message").first()
    assert row is not None
    made = Digest.objects.create(person_id=row.message.recipient_id, on=clock.today() - timedelta(days=300))
    Delivery.objects.filter(pk=row.pk).update(state="digested", way=Way.DIGEST, sent_at=None, digest=made)
    return f"digest:{made.pk}", {"digest": made.pk}


def firms_to_remind() -> Made:
    ids = list(Enterprise.objects.filter(certificates__state="valid").order_by("id").values_list("pk", flat=True)[:20])
    return "drill", {"ids": ids, "day": clock.today().isoformat()}


def title_to_help() -> Made:
    """A title that today's figures no longer carry, and nobody helps yet."""
    free = Certificate.objects.filter(state="valid").exclude(findings__kind=assist.LIGHT)
    title = free.order_by("-id").first()
    assert title is not None
    Finding.objects.create(
        certificate=title, region_path=title.region_path, kind=assist.LIGHT, on=clock.today(), first_seen=clock.today(),
        sentences=["研发费用占比不足（演练）"],
    )  # fmt: skip
    return "drill", {"titles": [title.pk]}


def list_to_fill() -> Made:
    """A list of a re-review as it is in the moment after it was asked for."""
    row = Cohort.objects.order_by("id").first()
    assert row is not None
    CohortTitle.objects.filter(cohort=row).delete()
    Cohort.objects.filter(pk=row.pk).update(filled_at=None, size=0, on_site=0)
    return row.public_id, {}


def list_to_announce() -> Made:
    """A list that is written, and whose firms were not told; beside the one above, so that no order matters."""
    old = Cohort.objects.order_by("id").first()
    assert old is not None
    call = Application.objects.exclude(call=old.call).order_by("id").values_list("call", flat=True)[0]
    made = Cohort.objects.create(
        call_id=call, ends_from=old.ends_from, ends_until=old.ends_until, share=0, seed=old.seed, algorithm=old.algorithm,
        built_at=clock.now(), filled_at=clock.now(),
    )  # fmt: skip
    drawn_for(made, Certificate.objects.filter(state="valid").order_by("-id")[:8])
    return f"{made.public_id} 0", {"cohort": made.pk, "from": 0}


def drawn_for(row: Cohort, titles: Any, *, on_site: bool = False) -> None:
    for place, title in enumerate(titles, 1):
        CohortTitle.objects.create(
            cohort=row, certificate=title, enterprise_id=title.enterprise_id, region_path=title.region_path, stratum="演练",
            rule_set_code="演练", why_rule_set="演练", ticket="0" * 64, place=place, is_on_site=on_site,
        )  # fmt: skip


def firm_on_the_list() -> Made:
    """A case of a firm that a list drew for a visit, and nobody has planned it."""
    made = Cohort.objects.order_by("-id").first()
    assert made is not None
    case = Application.objects.filter(call=made.call, state__in=IN_REVIEW, visits=None).order_by("id").first()
    title = Certificate.objects.exclude(enterprise=None).order_by("id").first()
    assert case is not None and title is not None
    title.enterprise_id = case.enterprise_id
    drawn_for(made, [title], on_site=True)
    return case.public_id, {}


def window_to_tell() -> Made:
    row = Extension.objects.order_by("id").first()
    assert row is not None
    return "drill", {
        "extension": row.pk,
        "ids": list(Enterprise.objects.filter(memberships__state="verified").values_list("pk", flat=True)[:5]),
    }


CHORES: dict[str, Callable[[], Made]] = {
    blind.KIND: blind_papers,
    cohort.FILL: list_to_fill,
    cohort.TELL: list_to_announce,
    sample_visits.ARRIVED: firm_on_the_list,
    escalate.LATE: late_case,
    escalate.ENDS: title_that_ends,
    tell_list.TELL: list_to_tell,
    sign_announcement.MAKE: announcement_that_is_due,
    sort.KIND: letter,
    digest.KIND: digested,
    remind.KIND: firms_to_remind,
    assist.KIND: title_to_help,
    extend.TELL: window_to_tell,
    sweep.OPEN: lambda: ("drill", {"kind": Sweep.PUBLISHED, "key": "演练 第1版"}),
    tasks.HOUR: lambda: ("drill", {}),
    tasks.NIGHT: lambda: ("drill", {}),
    rereview.KIND: lambda: ("", {}),
}
"""In this order: some lean on what another laid. A slice of a sweep is cut by the night itself."""


def lay() -> None:
    """One item of each kind, due now."""
    for kind, make in CHORES.items():
        key, payload = make()
        if key:
            enqueue(kind, key, payload)
