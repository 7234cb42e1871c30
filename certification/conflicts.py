"""Conflicts of interest (回避): what the office and the expert himself know of his ties, held against the firm of a case."""

from dataclasses import dataclass

from certification.models import Application, Expert
from certification.names import plain, short_names
from enterprises.models import Membership

TIES = {"share": "持股", "employer": "任职", "kin": "亲属任职或持股", "service": "咨询或代理服务", "other": "其他"}


@dataclass(frozen=True)
class Firm:
    """Who the firm is, in every way a tie may name it."""

    names: frozenset[str]
    code: str
    people: frozenset[str]
    users: frozenset[int]


def firm_of(application: Application) -> Firm:
    enterprise = application.enterprise
    told = [enterprise.name, application.enterprise_name, *enterprise.former_names.values_list("name", flat=True)]
    names = {plain(name) for name in told} | {plain(s) for name in told for s in short_names(name)}
    answers = application.answers
    people = {enterprise.legal_representative, enterprise.contact_name}
    people |= {
        str(answers.get(k, ""))
        for k in ("legal_representative", "actual_controller", "controlling_shareholder", "contact_name", "signed_by")
    }
    members = Membership.objects.filter(enterprise=enterprise, state__in=["pending", "verified"])
    return Firm(
        frozenset(n for n in names if len(n) >= 2), enterprise.credit_code.upper(),
        frozenset(plain(p) for p in people if p), frozenset(members.values_list("user_id", flat=True)),
    )  # fmt: skip


def conflict(expert: Expert, firm: Firm) -> str:
    """Why this expert stands outside the draw of this firm's case; empty when nothing is known against it."""
    if expert.user_id in firm.users:
        return "本人是该企业的账号成员"
    if names_same(expert.employer, firm):
        return "工作单位就是该企业"
    for tie in [*expert.ties, *expert.own_ties]:
        who = str(tie.get("who", ""))
        if who.strip().upper() == firm.code or names_same(who, firm):
            return f"已申报的利害关系：{TIES.get(tie.get('kind', ''), '其他')}"
    if plain(expert.user.name) in firm.people:
        return "与该企业人员同名，按回避处理"
    return ""


def names_same(told: str, firm: Firm) -> bool:
    """A full name, a short one, or one that contains the other: whoever is in doubt stays out."""
    words = plain(told)
    if len(words) < 2:
        return False
    if words in firm.names or any(short in firm.names for short in map(plain, short_names(told))):
        return True
    return any(len(name) >= 4 and (name in words or (len(words) >= 4 and words in name)) for name in firm.names)
