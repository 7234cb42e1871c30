"""Other departments' dated titles: written down so that one calendar holds every date.

One of them, 科技型中小企业, is read by a rule of this ladder as well (certification/standing.py).
"""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from enterprises.models import Enterprise, OutsideTitle
from enterprises.permissions import may_edit
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused

KINDS = dict(OutsideTitle._meta.get_field("kind").choices or [])


def note_outside(enterprise: Enterprise, given: Mapping[str, str], *, actor: Principal) -> OutsideTitle:
    """Write one down. Refused("invalid") with everything wrong, "duplicate" where it stands already."""
    if not may_edit(actor, enterprise.pk):
        raise Missing
    problems, kind = [], given.get("kind", "")
    if kind not in KINDS:
        problems.append(Problem("请选择是哪一种", "kind"))
    try:
        until: date | None = date.fromisoformat(given.get("valid_until", ""))
    except ValueError:
        until = None
        problems.append(Problem("请填写有效期止", "valid_until", hint="例：2027-03-31，以证书或入库登记为准"))
    if problems or until is None:
        raise Refused("invalid", f"还没有记下：有 {len(problems)} 处要改。", problems)
    try:
        with transaction.atomic():
            row = OutsideTitle.objects.create(
                enterprise=enterprise, kind=kind, number=given.get("number", "").strip()[:60], valid_until=until, seen_at=clock.now()
            )  # fmt: skip
            detail = {"list": "其他部门称号", "item": str(row)}
            record("enterprise.item_add", enterprise, actor=actor, detail=detail, audience="applicant")
    except IntegrityError as error:
        raise Refused(
            "duplicate", "这一项已经记下。", [Problem("同一种、同一有效期已经记过", "valid_until")]
        ) from error
    return row


def drop_outside(row: OutsideTitle, *, actor: Principal) -> None:
    if not may_edit(actor, row.enterprise_id):
        raise Missing
    with transaction.atomic():
        detail = {"list": "其他部门称号", "item": str(row)}
        record("enterprise.item_remove", row.enterprise, actor=actor, detail=detail, audience="applicant")
        row.delete()
