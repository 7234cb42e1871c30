"""The menu of each role. A test asks that every role can reach every page it needs from here."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from foundation.accounts.principal import Principal


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    current: bool


PUBLIC = (
    ("首页", "public:home"),
    ("自测", "public:self_check"),
    ("十五条措施", "incentives:measures"),
    ("企业名录", "public:register"),
    ("公示", "public:postings"),
    ("评价认定标准", "public:standards"),
    ("口径问答", "certification:interpretations"),
)
MEMBER = (
    ("我的一页", "home:enterprise"),
    ("申报", "certification:my_applications"),
    ("权益", "incentives:my_entitlements"),
    ("证照", "certification:my_certificates"),
    ("数据底表", "enterprises:facts"),
    ("同事", "enterprises:colleagues"),
)
OFFICIAL = (("今日", "home:desk"),)
OF_THE_PROVINCE = (
    ("总览", "home:overview", ("reviewer", "leader", "policy", "auditor")),
    ("批次", "certification:calls", ("reviewer", "leader", "policy", "publisher")),
    ("规则", "certification:rule_sets", ("reviewer", "leader", "policy", "publisher")),
    ("措施", "incentives:progress", ("reviewer", "leader", "policy", "publisher", "auditor")),
)
"""With the roles that the doors of these pages admit."""
BELONGS = {
    "certification:rereviews": ("/desk/exits/", "/desk/movements/"),
    "certification:worklist": ("/desk/visits/", "/desk/limits/", "/desk/workdays/"),
    "enterprises:links": ("/desk/enterprises/",),
    "oversight:machine": ("/oversight/outages/",),
    "home:overview": ("/desk/targets/",),
}
"""Pages that stand elsewhere and belong to an entry all the same."""


def _menu(principal: Principal) -> tuple[tuple[str, str], ...]:
    if principal.is_member:
        return MEMBER
    if not principal.is_official:
        return PUBLIC
    if principal.has_role("expert"):
        return (("专家评审", "certification:reviews"),)
    if principal.has_role("department"):
        return (("征求意见", "certification:consultations"), ("登记数据", "enterprises:department_figures"))
    entries = list(OFFICIAL)
    if principal.has_role("reviewer", "leader"):
        entries.append(("队列", "certification:worklist"))
        entries.append(("企业授权", "enterprises:links"))
        if principal.level in ("city", "province"):
            entries.append(("公示", "certification:postings"))
        else:
            entries.append(("决定文书", "certification:letters"))
        entries.append(("称号", "certification:titles"))
        entries.append(("有进有出", "certification:rereviews"))
        if principal.office_path.count("/") == 1:
            entries.append(("目标", "home:targets"))
        if principal.level == "province":
            entries.append(("专家评审", "certification:rounds"))
    if principal.has_role("reviewer", "leader", "policy"):
        entries.append(("口径", "certification:interpretations"))
    if principal.level == "province":
        entries += [(label, name) for label, name, roles in OF_THE_PROVINCE if principal.has_role(*roles)]
    if principal.has_role("admin"):
        entries.append(("人员", "accounts:people"))
    if principal.has_role("auditor"):
        entries.append(("留痕", "oversight:record"))
    if principal.has_role("system") and principal.level == "province":
        entries += [("运行", "oversight:machine"), ("接口客户端", "oversight:clients")]
    return tuple(entries)


def navigation(principal: Principal, path: str) -> list[Entry]:
    """Entries in order; the one whose address is the longest prefix of `path` is current."""
    entries, owner = [], ""
    for label, name in _menu(principal):
        try:
            entries.append((label, reverse(name)))
        except NoReverseMatch:
            continue
        if path.startswith(BELONGS.get(name, ())):
            owner = reverse(name)
    best = max((url for _, url in entries if path == url or (url != "/" and path.startswith(url))), key=len, default="")
    return [Entry(label, url, url == (owner or best)) for label, url in entries]
