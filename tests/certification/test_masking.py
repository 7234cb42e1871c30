"""法人 and 经办 are masked on every desk until somebody says what for, and the firm reads that it was done."""

import pytest

from certification import conceal
from certification.filing import steps_of
from certification.form import all_fields
from certification.form_fields import EMAIL, PHONE
from certification.models import Application
from enterprises.models import Enterprise
from enterprises.queries import looks_at
from foundation import masking
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing

NAMES = {
    "legal_representative": "欧阳示例",
    "contact_name": "司马示例",
    "contact_phone": "0951-8887766",
    "contact_email": "sima@example.org",
}


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.fixture
def case(house):
    row = Application.objects.filter(state="screening", region_path="64/6401/640104").order_by("pk").first()
    Enterprise.objects.filter(pk=row.enterprise_id).update(**NAMES)
    filed = row.submissions.order_by("-number").first()
    type(filed).objects.filter(pk=filed.pk).update(answers=filed.answers | NAMES | {"signed_by": "欧阳示例"})
    return row


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def told(page):
    return {value for value in NAMES.values() if value in page.content.decode()}


def test_a_name_and_a_number_can_be_told_apart_and_not_used():
    assert [masking.name(text) for text in ("", "王", "王明", "王小明", "欧阳示例")] == [
        "",
        "王某",
        "王某",
        "王某某",
        "欧某某",
    ]
    assert [masking.contact(text) for text in ("", "110", "0951-8887766", "a@b.cn")] == [
        "",
        "****",
        "****66",
        "****@b.cn",
    ]


@pytest.mark.parametrize("who", ["xingqing", "yinchuan", "sheng-shenhe"])
def test_neither_the_sheet_nor_the_case_shows_who_stands_for_the_firm(case, world, who):
    client = world.signed_in(who)
    for address in (f"/desk/cases/{case.public_id}/", f"/desk/enterprises/{case.enterprise.public_id}/"):
        page = client.get(address)
        assert told(page) == set() and "欧某某" in page.content.decode(), address


def test_the_names_are_shown_once_with_a_purpose_that_the_firm_reads(case, world):
    client = world.signed_in("xingqing")
    for address, act in (
        (f"/desk/cases/{case.public_id}/", "application.unmask"),
        (f"/desk/enterprises/{case.enterprise.public_id}/", "enterprise.unmask"),
    ):
        silent = client.post(address + "people/", {"purpose": " "})
        assert silent.status_code == 422 and told(silent) == set() and not AuditEvent.objects.filter(act=act).exists()
        page = client.post(address + "people/", {"purpose": "电话核实报表"})
        assert page.status_code == 200 and told(page) >= {"欧阳示例", "司马示例", "0951-8887766"}
        event = looks_at(case.enterprise).get(act=act)
        assert event.reason == "电话核实报表" and event.audience == "applicant" and "电话核实报表" in event.sentence
        assert told(client.get(address)) == set()


def test_a_change_of_the_contact_is_seen_and_the_contact_is_not(case, world):
    filed = case.submissions.order_by("-number").first()
    filed.pk, filed.number = None, filed.number + 1
    filed.answers = filed.answers | {"contact_name": "诸葛示例"}
    filed.save()
    page = world.signed_in("xingqing").get(f"/desk/cases/{case.public_id}/").content.decode()
    assert "诸某某" in page and "司某某" in page and "诸葛示例" not in page and "司马示例" not in page


def test_nobody_unmasks_out_of_reach_or_without_a_desk(case, world):
    case_door = f"/desk/cases/{case.public_id}/people/"
    firm_door = f"/desk/enterprises/{case.enterprise.public_id}/people/"
    for name in ("dawukou", "sheng-guize", "sheng-shenji", "qiye-zhang"):
        for door in (case_door, firm_door):
            assert world.signed_in(name).post(door, {"purpose": "看看"}).status_code == 404, (name, door)
    with pytest.raises(Missing):
        conceal.unmask_people(case, actor=who("dawukou"), purpose="看看")


def test_the_firm_itself_reads_its_own_names(case, world):
    user = User.objects.filter(memberships__enterprise=case.enterprise, memberships__state="verified").first()
    if user is None:
        pytest.skip("nobody of the firm has an account")
    assert "欧阳示例" in world.signed_in(user.username).get("/my/facts/").content.decode()


def test_every_answer_that_reaches_a_person_is_masked(case):
    asked = [
        field for row in Application.objects.exclude(state="draft")[:60] for field in all_fields(steps_of(row)).values()
    ]
    reaching = {field.name for field in asked if field.pattern in (EMAIL["pattern"], PHONE["pattern"])}
    assert len(reaching) >= 4 and reaching <= set(conceal.PEOPLE)
