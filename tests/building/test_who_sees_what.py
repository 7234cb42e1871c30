"""(who, address, expected): the demo world's people at every door, expected from the guard written on it."""

import pytest
from django.urls import reverse

from certification.models import Application, Call, Certificate, Posting
from enterprises.models import Evidence, Membership
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from tests.building.addresses import Address, addresses

WHO = {
    "": "a visitor",
    "qiye-zhang": "a titled firm",
    "qiye-xin": "a firm not verified",
    "xingqing": "a county",
    "yinchuan": "a city",
    "sheng-shenhe": "a provincial reviewer",
    "sheng-chuzhang": "the director",
    "sheng-guize": "policy",
    "sheng-fabu": "publisher",
    "sheng-guanli": "administrator",
    "sheng-shenji": "auditor",
    "zhuanjia-1": "an expert",
}
COLLECTIONS = [a for a in addresses() if a.guard and "<" not in a.route]
NEEDS_CHOICE = {"certification:summary": 302}
"""Addresses that send back when nothing was chosen."""
SHUT = {"account_email", "public:security_txt"}
"""Shut to everybody: a page of the library, where a name stands so that nothing else may, and one that waits for a setting."""


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


def admitted(guard: str, principal: Principal) -> bool:
    if guard in ("public", "signed-in"):
        return True
    if guard in ("member", "official"):
        return principal.kind == guard and not principal.has_role("expert")
    roles, _, levels = guard.removeprefix("role:").partition("@")
    at_level = levels == "any" or principal.level in levels.split("|")
    return principal.is_official and at_level and principal.has_role(*roles.split("|"))


@pytest.mark.parametrize("address", COLLECTIONS, ids=lambda a: a.name)
def test_each_door_opens_for_its_roles_and_for_nobody_else(house, world, address: Address):
    url = "/" + address.route
    told = {}
    for username in WHO:
        client = world.signed_in(username)
        answer = client.get(url)
        principal = Principal.of_user(User.objects.get(username=username)) if username else Principal.anonymous()
        if answer.status_code == 405:
            expected = 405
        elif address.name in SHUT:
            expected = 404
        elif address.guard == "public" or (principal.kind != "anonymous" and admitted(address.guard, principal)):
            expected = answer.status_code if answer.status_code in (200, 302) else 200
        elif principal.is_anonymous:
            expected = 302
            assert answer.headers["Location"].startswith("/accounts/login/"), url
        else:
            expected = 404
        if answer.status_code != expected:
            told[username] = (answer.status_code, expected)
    assert told == {}


def one(rows):
    found = rows.order_by("pk").first()
    assert found is not None
    return found


def table() -> list[tuple[str, str, int]]:
    """Rows with an object in the address: its own people, its offices, and those it does not exist for."""
    mine = one(Application.objects.filter(state="draft", enterprise__memberships__user__username="qiye-wang"))
    filed = one(Application.objects.filter(state="screening", region_path="64/6401/640104"))
    eastern = one(Application.objects.filter(state="screening", region_path="64/ND"))
    paper = one(Evidence.objects.filter(enterprise=mine.enterprise))
    running = one(Posting.objects.filter(state="running"))
    call = one(Call.objects.filter(state="published"))
    own = one(Certificate.objects.filter(enterprise__memberships__user__username="qiye-zhang"))
    asked = one(Membership.objects.filter(state="pending"))
    case = reverse("certification:case", args=[filed.public_id])
    nd_case = reverse("certification:case", args=[eastern.public_id])
    draft = reverse("certification:application", args=[mine.public_id])
    pdf = reverse("certification:certificate_pdf", args=[own.number])
    evidence = reverse("enterprises:evidence", args=[paper.public_id])
    return [
        (case, "", 302), (case, "xingqing", 200), (case, "yinchuan", 200), (case, "sheng-shenhe", 200),
        (case, "dawukou", 404), (case, "shizuishan", 404), (case, "ningdong", 404), (case, "jingkai", 404),
        (case, "qiye-zhang", 404), (case, "sheng-guize", 404), (case, "sheng-shenji", 404),
        (nd_case, "ningdong", 200), (nd_case, "yinchuan", 404), (nd_case, "sheng-shenhe", 200),
        (draft, "qiye-wang", 200), (draft, "qiye-zhang", 404), (draft, "qiye-xin", 404), (draft, "dawukou", 404),
        (draft, "sheng-chuzhang", 404), (draft, "", 302),
        (evidence, "qiye-wang", 200), (evidence, "qiye-zhang", 404), (evidence, "xingqing", 404), (evidence, "", 302),
        (pdf, "", 200), (reverse("public:verify", args=[own.number]), "", 200),
        (reverse("public:verify", args=["NX-ZJTX-1999-0001"]), "", 404),
        (reverse("public:posting", args=[running.public_id]), "", 200),
        (reverse("public:call", args=[call.public_id]), "", 200),
        (reverse("certification:call_edit", args=[call.public_id]), "sheng-chuzhang", 200),
        (reverse("certification:call_edit", args=[call.public_id]), "xingqing", 404),
        (reverse("enterprises:enterprise", args=[filed.enterprise.public_id]), "xingqing", 200),
        (reverse("enterprises:enterprise", args=[filed.enterprise.public_id]), "dawukou", 404),
        (reverse("enterprises:enterprise", args=[filed.enterprise.public_id]), "qiye-zhang", 404),
        (reverse("enterprises:link_request", args=[asked.public_id]), "xingqing", 404),
        (reverse("public:standard", args=["T2-2026"]), "", 200), (reverse("public:standard", args=["T9"]), "", 404),
    ]  # fmt: skip


def test_each_object_is_there_for_its_own_people_and_missing_for_all_others(house, world):
    clients = {}
    wrong = []
    for url, username, expected in table():
        client = clients.setdefault(username, world.signed_in(username))
        status = client.get(url).status_code
        if status != expected:
            wrong.append((url, username, status, expected))
    assert wrong == []


def test_a_foreign_case_and_a_missing_one_are_the_same_page(house, world):
    import re

    filed = one(Application.objects.filter(state="screening", region_path="64/6401/640104"))
    client = world.signed_in("dawukou")
    pages = []
    for public_id in (filed.public_id, "never-existed-0000"):
        answer = client.get(reverse("certification:case", args=[public_id]))
        pages.append((answer.status_code, re.sub(rb'(nonce|value)="[^"]+"', b"", answer.content)))
    assert pages[0] == pages[1] and pages[0][0] == 404
