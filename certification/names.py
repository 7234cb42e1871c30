"""What gives a firm away in a text: its names long and short, its code, its people, telephones and addresses."""

import re
import unicodedata
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Replace, Upper

from certification.models import Application, Submission
from enterprises.models import Enterprise, Membership
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.regions.models import bodies

LEGAL = re.compile(r"(集团)?(股份)?(有限)?(责任)?公司$|(集团|厂|合作社)$")
GENERIC = re.compile(r"(科技|技术|实业|工业|制造|贸易|发展|机械|设备|材料|装备|集团|股份)+$")
CONTACTS = re.compile(
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|(?:https?://|www\.)[!-~]+|(?<!\d)1[3-9]\d(?:[- ]?\d){8}(?!\d)"
    r"|(?<!\d)0\d{2,3}[-— ]?\d{3,4} ?\d{3,4}(?!\d)|(?<![0-9A-Z])[0-9A-Z]{2}\d{6}[0-9A-Z]{10}(?![0-9A-Z])"
)
"""E-mail, pages, telephones and credit codes are hidden whoever they belong to."""

GAP = r"[\s\u200b-\u200f\u2060\ufeff·•._\-—]*"
SHORTEST = 3
"""A short name of two characters is too often a word of the trade."""
PEOPLE = (
    "legal_representative", "actual_controller", "contact_name", "contact_phone", "contact_email", "address", "signed_by",
    "controlling_shareholder", "controlled_name", "group_similar_name", "listing_code", "legal_phone", "contact_fax",
    "registered_place",
)  # fmt: skip
NOBODY = {"无", "没有", "不适用"}


def plain(text: str) -> str:
    """One spelling: full-width forms, spaces and dots do not make another name."""
    return re.sub(r"[\s\u200b-\u200f\u2060\ufeff·•]", "", unicodedata.normalize("NFKC", text)).upper()


def short_names(name: str) -> list[str]:
    """宁夏示例星轴承科技有限公司 → 示例星轴承科技, 示例星轴承: place, legal form and trade fall away."""
    core = re.sub(r"[（(][^）)]*[）)]", "", unicodedata.normalize("NFKC", name)).strip()
    found = [core]
    core = LEGAL.sub("", core)
    places = sorted({"宁夏回族自治区", "宁夏", *(b.short_name for b in bodies().values()),
                     *(b.short_name.removesuffix("市").removesuffix("县").removesuffix("区") for b in bodies().values())},
                    key=len, reverse=True)  # fmt: skip
    stripped = True
    while stripped:
        stripped = False
        for place in places:
            if len(place) >= 2 and core.startswith(place) and len(core) - len(place) >= 2:
                core, stripped = core.removeprefix(place).removeprefix("市"), True
                break
    found += [core, GENERIC.sub("", core)]
    return [n for n in dict.fromkeys(found) if len(n) >= 2]


def names_of(application: Application, filed: Submission) -> list[str]:
    """Every word that must not reach an expert, longest first."""
    enterprise = application.enterprise
    told = {enterprise.name, application.enterprise_name, *enterprise.former_names.values_list("name", flat=True)}
    words = set(told) | {short for name in told for short in short_names(name)}
    words |= {enterprise.credit_code, application.credit_code, application.receipt_number or ""}
    words |= {enterprise.legal_representative, enterprise.contact_name, enterprise.contact_phone}
    words |= {enterprise.contact_email, enterprise.address, enterprise.zjtx_reference, filed.submitted_by_name}
    words |= {str(filed.answers.get(key) or "") for key in PEOPLE} - NOBODY
    members = Membership.objects.filter(enterprise=enterprise).select_related("user")
    for member in members:
        words |= {member.user.name, member.user.phone, member.user.email, member.user.username}
    return sorted({w for word in words if len(plain(w := word.strip())) >= 2}, key=lambda w: (-len(w), w))


def names_a_firm(text: str, about: Application | None = None) -> bool:
    """Whether a text that goes public would name a firm: any firm by its whole name, the one it is about by every name.

    Short names of other firms are words like others, and not looked for; telephones, pages and codes are nobody's business.
    """
    words = plain(text)
    if CONTACTS.search(unicodedata.normalize("NFKC", text)):
        return True
    with transaction.atomic(), scoped(Principal.system("public text")):
        # The text is in one spelling; names stand in the table as they were entered.
        name = Replace(Replace(Upper("name"), Value("（"), Value("(")), Value("）"), Value(")"))
        if Enterprise.objects.exclude(name="").annotate(said=Value(words)).filter(said__contains=name).exists():
            return True
        if about is None:
            return False
        former = about.enterprise.former_names.values_list("name", flat=True)
        told = {about.enterprise.name, about.enterprise_name, *former}
    short = {name for whole in told for name in short_names(whole) if len(name) >= SHORTEST}
    sure = {*told, *short, about.credit_code, about.receipt_number or ""}
    return any(plain(name) in words for name in sure if name)


class Veil:
    """Takes a firm's names out of texts and says whether one is still there."""

    def __init__(self, names: Iterable[str], code: str) -> None:
        self.names = sorted({plain(n) for n in names if len(plain(n)) >= 2}, key=lambda n: (-len(n), n))
        self.code = f"〔企业{code}〕"
        parts = [GAP.join(map(re.escape, name)) for name in self.names]
        self.pattern = re.compile("|".join(parts), re.IGNORECASE) if parts else re.compile(r"(?!)")

    def __call__(self, text: str) -> str:
        """The text with the code in place of names; telephones, pages and codes of anybody are hidden too.

        Looked for in one spelling, replaced in the writer's own; what still sounds of a name afterwards goes as a whole.
        """
        letters = [unicodedata.normalize("NFKC", c) for c in text]
        place = [n for n, letter in enumerate(letters) for _ in letter]
        told = "".join(letters)
        hits = [(m.start(), m.end(), self.code) for m in self.pattern.finditer(told)]
        hits += [(m.start(), m.end(), "〔已遮去〕") for m in CONTACTS.finditer(told)]
        out, last = [], 0
        for start, end, words in sorted(hits):
            first, after = place[start], place[end - 1] + 1
            if first >= last:
                out += [text[last:first], words]
            last = max(last, after)
        veiled = "".join(out) + text[last:]
        return f"〔本段含有{self.code}的名称，已整段遮去〕" if self.finds(veiled) else veiled

    def finds(self, text: str) -> bool:
        words = plain(text)
        return any(name in words for name in self.names)
