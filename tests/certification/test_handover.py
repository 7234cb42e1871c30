"""The cases of a firm that goes to another county: what is open holds it back, what was decided is still found where it was decided."""

import pytest
from django.apps import apps
from django.urls import reverse

from certification import apply, assist, change, handover
from certification.models import Application, Assistance, Certificate, Incident, MajorChange, Objection
from certification.permissions import APPLICATION, MACHINES
from certification.states import CERTIFICATE
from enterprises.change_body import change_body, in_the_way
from enterprises.models import Enterprise
from enterprises.permissions import changes_body
from enterprises.queries import visible_to
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.refusals import Refused
from tests.assertions import assert_same_answer

pytestmark = pytest.mark.django_db
OLD, NEW = "64/6401/640104", "64/6401/JK"
HISTORY = {
    "Submission", "Verdict", "Opinion", "Correction", "Pause", "Letter", "Reconsideration", "Visit", "VisitLine", "VisitPhoto",
    "SignOff", "Override", "MajorChange", "Incident", "IncidentReply", "Assistance", "AssistanceNote", "Exit", "ExitReply",
    "Leaving", "Reminder", "Takeover", "FormerBody", "Fallback", "Message", "AuditEvent", "Change",
}  # fmt: skip
"""What an office goes on seeing of what it did itself; none of it is open, or the firm would not have gone."""
OVER = {
    "Application": {"state__in": ["refused", "granted", "withdrawn", "national_granted", "national_refused"]},
    "Certificate": {"state__in": list(set(CERTIFICATE.labels) - {"valid"})},
    "Membership": {"state__in": ["ended", "refused"]},
    "Entitlement": {"state": "ended"},
    "Finding": {"closed_on__isnull": False},
}
"""And of these what is over."""


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def open_beside(row):
    """What is open on the firm beside this case and the help that it is given."""
    found = in_the_way(row.enterprise, actor=who("yinchuan"))
    return [one for one in found if row.public_id not in one.url and not one.what.startswith("帮扶：")]


@pytest.fixture
def case(house):
    """A titled firm of 兴庆区 took its case back so that it may go; help that was open is over as well."""
    titled = Certificate.objects.filter(state="valid", region_path=OLD).values("enterprise_id")
    rows = Application.objects.filter(region_path=OLD, state__in=["screening", "returned"], enterprise__in=titled)
    row = next(row for row in rows.order_by("id") if not open_beside(row))
    member = User.objects.filter(memberships__enterprise=row.enterprise, memberships__state="verified").first()
    apply.withdraw(row, actor=Principal.of_user(member))
    for help_ in Assistance.objects.filter(enterprise=row.enterprise, state="open"):
        assist.end(help_, "drop", "数据已更正", actor=who("xingqing"))
    assert in_the_way(row.enterprise, actor=who("yinchuan")) == []
    return row


def gone(case):
    return change_body(case.enterprise, NEW, clock.today(), "住所迁入经开区", actor=who("yinchuan"), seen=OLD)


def test_the_old_county_still_reads_its_old_case_as_it_was_filed_and_is_told_where_the_firm_is(house, case):
    firm, address = gone(case), reverse("certification:case", args=[case.public_id])
    assert not visible_to(who("xingqing")).filter(pk=firm.pk).exists()
    client = house.signed_in("xingqing")
    page = client.get(address)
    shown = page.content.decode()
    assert page.status_code == 200 and case.enterprise_name in shown and case.receipt_number in shown
    assert "起由银川经开区推荐" in shown and "照当时提交的内容显示" in shown
    assert client.get("/desk/cases/?view=all&q=" + case.receipt_number).content.decode().count(case.public_id) > 0
    assert client.get(reverse("enterprises:enterprise", args=[firm.public_id])).status_code == 404


def test_the_papers_of_the_firm_are_no_longer_the_old_countys(house, case):
    paper = case.submissions.first().evidence[0]["public_id"]
    address = reverse("enterprises:evidence", args=[paper])
    client = house.signed_in("xingqing")
    assert client.get(address).status_code == 200
    gone(case)
    assert_same_answer(client.get(address), client.get(reverse("enterprises:evidence", args=["0" * 16])))
    case_page = client.get(reverse("certification:case", args=[case.public_id]) + f"?paper={paper}")
    assert case_page.status_code == 200 and address not in case_page.content.decode()
    assert house.signed_in("jingkai").get(address).status_code == 200


def test_the_new_county_sees_firm_and_title_but_not_the_case_that_another_decided(house, case):
    firm = gone(case)
    client = house.signed_in("jingkai")
    assert client.get(reverse("enterprises:enterprise", args=[firm.public_id])).status_code == 200
    assert client.get(reverse("certification:case", args=[case.public_id])).status_code == 404
    title = Certificate.objects.filter(enterprise=firm, state="valid").first()
    assert title is not None and title.region_path == NEW
    assert Application.objects.get(pk=case.pk).region_path == OLD
    assert house.signed_in("yinchuan").get(reverse("certification:case", args=[case.public_id])).status_code == 200


def left_behind(firm):
    """Every row about the firm that the old county's sight still shows and that is no history, counted by model."""
    told = {}
    with scoped(who("xingqing")):
        for model in apps.get_models():
            columns = {field.attname for field in model._meta.concrete_fields}
            if "region_path" not in columns or model.__name__ in HISTORY:
                continue
            way = next((w for w in ("enterprise_id", "certificate_id") if w in columns), None)
            if way is None:
                continue
            about = {way: firm.pk} if way == "enterprise_id" else {"certificate__enterprise_id": firm.pk}
            rows = model._base_manager.filter(region_path=OLD, **about)
            told[model.__name__] = rows.exclude(**OVER.get(model.__name__, {"pk__in": []})).count()
    return {name: count for name, count in told.items() if count}


def test_nothing_alive_is_left_in_the_old_countys_sight(case):
    firm = gone(case)
    assert left_behind(firm) == {}


def test_the_search_for_what_was_left_behind_can_fail(case, monkeypatch):
    monkeypatch.setattr(handover, "take_along", lambda *_: None)
    assert {"Certificate"} <= set(left_behind(gone(case)))


@pytest.mark.parametrize("state", ["screening", "province_review", "returned", "posted"])
def test_a_case_in_motion_holds_the_firm_back_and_the_page_leads_to_it(house, state):
    row = Application.objects.filter(state=state, region_path__startswith="64/6401/").order_by("id").first()
    leader, label = who("yinchuan"), APPLICATION.states.labels[state].officer
    found = in_the_way(row.enterprise, actor=leader)
    (mine,) = [one for one in found if one.url == f"/desk/cases/{row.public_id}/"]
    assert mine.what.startswith(f"申请：{row.enterprise_name}") and mine.where.endswith(label) and mine.mend
    with pytest.raises(Refused) as told:
        change_body(
            row.enterprise, "64/6401/640106", clock.today(), "住所迁入金凤区", actor=leader, seen=row.region_path
        )
    assert told.value.code == "conflict"
    assert Enterprise.objects.get(pk=row.enterprise_id).region_path == row.region_path
    page = (
        house.signed_in("yinchuan").get(reverse("enterprises:body", args=[row.enterprise.public_id])).content.decode()
    )
    assert f'href="/desk/cases/{row.public_id}/"' in page


def test_a_reported_change_a_report_from_outside_and_open_help_hold_it_back_too(house):
    for model, states, label in (
        (MajorChange, ("noted", "reported", "returned"), "重大变化"),
        (Incident, ("reported", "confirmed"), "情况核查"),
        (Assistance, ("open",), "帮扶"),
    ):
        row = model.objects.filter(state__in=states).order_by("id").first()
        found = in_the_way(row.enterprise, actor=who("sheng-chuzhang"))
        assert any(one.what.startswith(f"{label}：") and row.public_id in one.url for one in found), label


def test_once_the_reported_change_is_settled_the_firm_may_go(house, case):
    firm, county = case.enterprise, who("xingqing")
    noted = change.note_change(
        firm, {"kind": "restructure", "happened_on": clock.today().isoformat(), "source": "登记机关公告"}, actor=county
    )
    assert [one.what for one in in_the_way(firm, actor=who("yinchuan"))] == [f"重大变化：{noted}"]
    change.answer(noted, "drop", "同名企业，记错了", actor=county)
    gone(case)
    page = house.signed_in("xingqing").get(reverse("certification:change", args=[noted.public_id]))
    assert page.status_code == 200 and "企业已转由其他单位推荐" in page.content.decode()


def test_an_objection_is_not_given_away_to_the_city(house):
    row = Objection.objects.filter(state__in=["received", "under_examination"]).order_by("id").first()
    firm = row.application.enterprise
    city = who({"64/6401": "yinchuan", "64/6402": "shizuishan"}.get(firm.region_path[:7], "sheng-chuzhang"))
    assert changes_body(city, firm)
    page = house.signed_in(User.objects.get(pk=city.user_id).username).get(
        reverse("enterprises:body", args=[firm.public_id])
    )
    shown = page.content.decode()
    assert "公示期间的事项" in shown and "等公示机关办结" in shown
    for secret in (row.receipt_number, row.public_id, row.name, "异议"):
        assert secret not in shown


def test_every_machine_of_a_case_is_either_looked_at_or_hangs_on_one_that_is():
    """A new kind of thing with states of its own must be thought of here."""
    looked_at = {kind.table.name for kind in handover.KINDS} | {"objection"}
    on_a_case = {"round", "assignment", "meeting", "consultation", "announcement_draft", "recommendation_draft"}
    not_of_a_firm = {"call", "extension", "term_extension", "posting", "rule_set", "interpretation"}
    goes_along = {"certificate"}
    assert {m.states.name for m in MACHINES} == looked_at | on_a_case | not_of_a_firm | goes_along
    for kind in handover.KINDS:
        assert kind.open <= set(kind.table.labels) and kind.open
