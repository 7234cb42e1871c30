"""Who stands for an enterprise, as a desk sees it: masked, until somebody says what for."""

from django.db import transaction

from enterprises.models import Enterprise
from enterprises.queries import visible_to
from foundation import masking
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.refusals import Missing, Problem, Refused

LONGEST = 200


def may_unmask(actor: Principal) -> bool:
    """Whoever works on cases; others read the sheet without its people."""
    return actor.is_official and actor.has_role("reviewer", "leader")


def people_of(enterprise: Enterprise, *, masked: bool) -> dict[str, str]:
    """{legal, contact, phone} in words, empty where nothing was filled."""
    told = {
        "legal": enterprise.legal_representative, "contact": enterprise.contact_name, "phone": enterprise.contact_phone,
    }  # fmt: skip
    hide = {"legal": masking.name, "contact": masking.name, "phone": masking.contact}
    return {key: hide[key](text) for key, text in told.items()} if masked else told


def purpose_of(text: str) -> str:
    """What it is for. Refused("invalid") without, or longer than a line."""
    purpose = text.replace("\0", "").strip()
    if not purpose or len(purpose) > LONGEST:
        words = f"请写明用途，最多{LONGEST}字"
        raise Refused("invalid", "查看法定代表人和联系人信息要写明用途。", [Problem(words, "purpose")])
    return purpose


def unmask(enterprise: Enterprise, *, actor: Principal, purpose: str) -> Enterprise:
    """The people of a firm in reach, for one reading: with a purpose that the firm sees, recorded each time."""
    if not may_unmask(actor) or not visible_to(actor).filter(pk=enterprise.pk).exists():
        raise Missing
    why = purpose_of(purpose)
    with transaction.atomic():
        record(
            "enterprise.unmask", enterprise, actor=actor, reason=why, audience="applicant",
            detail={"office": actor.office_name},
        )  # fmt: skip
    return enterprise
