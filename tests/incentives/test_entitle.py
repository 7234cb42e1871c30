"""A title opens what the text gives with it, and closes it when it ends."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from certification.certify import expire_due, issue
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.refusals import Missing, Refused
from incentives import catalogue
from incentives.match import opened_by
from incentives.models import Entitlement, MeasureItem
from incentives.queries import visible_to
from incentives.register_channel import register_channel
from tests.factories import make_enterprise, make_member


@pytest.fixture
def firm(house):
    catalogue.load()
    return make_enterprise()


def title(firm, tier="specialised", first=date(2026, 5, 20), last=date(2029, 5, 19)):
    return issue(firm, tier=tier, first=first, last=last, actor=Principal.system("test"))


def codes(rows):
    return sorted(row.item.code for row in rows)


def test_a_specialised_title_brings_two_entitlements(firm):
    certificate = title(firm)
    rows = Entitlement.objects.filter(certificate=certificate)
    assert codes(rows) == ["M04.10", "M13.4"]
    assert {row.state for row in rows} == {"open"}
    assert {row.opened_on for row in rows} == {date(2026, 5, 20)}


def test_an_innovative_title_brings_the_local_support_only(firm):
    assert codes(Entitlement.objects.filter(certificate=title(firm, "innovative"))) == ["M04.10"]


def test_a_champion_title_brings_nothing_by_the_text(firm):
    assert codes(Entitlement.objects.filter(certificate=title(firm, "champion"))) == []


def test_an_expired_title_ends_its_entitlements_and_keeps_the_rows(firm):
    certificate = title(firm, first=date(2020, 1, 1), last=date(2022, 12, 31))
    expire_due(actor=Principal.system("clock"))
    rows = Entitlement.objects.filter(certificate=certificate)
    assert [(row.state, row.ended_on) for row in rows] == [("ended", date(2022, 12, 31))] * 2


def test_a_renewed_title_closes_the_old_rights_and_opens_new_ones(firm):
    old = title(firm, first=date(2023, 6, 1), last=date(2026, 5, 31))
    new = title(firm, first=date(2026, 5, 20), last=date(2029, 5, 19))
    assert {row.state for row in Entitlement.objects.filter(certificate=old)} == {"ended"}
    assert codes(Entitlement.objects.filter(certificate=new, state="open")) == ["M04.10", "M13.4"]


def test_each_opening_leaves_one_sentence_and_one_change(firm):
    audits = AuditEvent.objects.filter(act="entitlement.create").count()
    changes = Change.objects.filter(type="entitlement").count()
    title(firm)
    assert AuditEvent.objects.filter(act="entitlement.create").count() == audits + 2
    assert Change.objects.filter(type="entitlement").count() == changes + 2
    assert "各地对新获评企业的政策支持" in {
        e.sentence.split("：")[-1] for e in AuditEvent.objects.filter(act="entitlement.create")
    }


def test_the_database_refuses_a_right_in_a_state_that_no_right_has(firm):
    title(firm, first=date(2020, 1, 1), last=date(2022, 12, 31))
    expire_due(actor=Principal.system("clock"))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as db:
        db.execute("UPDATE incentives_entitlement SET state = 'claimed'")


def test_a_right_that_ended_opens_again_only_when_its_title_is_given_back(firm):
    ended = title(firm, first=date(2020, 1, 1), last=date(2022, 12, 31))
    expire_due(actor=Principal.system("clock"))
    assert {row.state for row in Entitlement.objects.filter(certificate=ended)} == {"ended"}
    title(firm)
    assert {row.state for row in Entitlement.objects.filter(certificate=ended)} == {"ended"}


def test_another_enterprise_sees_none_of_it(firm):
    title(firm)
    other = make_member(make_enterprise())
    own = make_member(firm)
    assert visible_to(Principal.of_user(other)).count() == 0
    assert visible_to(Principal.of_user(own)).count() == 2


def test_the_match_never_promises_internal_tasks_or_other_tiers(firm):
    groups = {group.code: [item.code for item in group.items] for group in opened_by({"innovative"})}
    assert groups["title"] == ["M04.10"]
    listed = [code for found in groups.values() for code in found]
    assert "M10.4" not in listed and "M15.1" not in listed and "M12.5" not in listed
    assert "M12.1" in listed


def test_without_any_title_only_what_is_for_every_sme_is_shown(firm):
    groups = opened_by(set())
    assert {item.audience for group in groups for item in group.items} == {"中小企业"}


def test_a_channel_needs_its_source(firm, director):
    item = MeasureItem.objects.get(code="M02.4")
    with pytest.raises(Refused) as told:
        register_channel(item, channel="到窗口办", source=" ", actor=Principal.of_user(director))
    assert [p.field for p in told.value.problems] == ["source"]
    assert MeasureItem.objects.get(code="M02.4").channel == ""


def test_a_county_cannot_register_a_channel(firm, county):
    with pytest.raises(Missing):
        register_channel(
            MeasureItem.objects.get(code="M02.4"), channel="x", source="y", actor=Principal.of_user(county)
        )


def test_a_registered_channel_is_on_the_public_page_with_its_source(firm, director, signed_in, client):
    page = signed_in(director)
    answer = page.post("/desk/measures/M02.4/", {"channel": "到银川路一号窗口办", "source": "示例厅函〔2026〕1号"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/measures/")
    page.logout()
    text = client.get("/measures/").content.decode()
    assert "到银川路一号窗口办" in text and "示例厅函〔2026〕1号" in text
    event = AuditEvent.objects.get(act="measure_item.register_channel")
    assert event.sentence == "director登记了“M02.4 专利优先审查”的办理渠道"
    assert event.at <= clock.now()


def test_typed_words_stay_when_a_channel_is_refused(firm, director, signed_in):
    answer = signed_in(director).post("/desk/measures/M02.4/", {"channel": "到窗口办，很长的一段话", "source": ""})
    assert answer.status_code == 422
    assert "到窗口办，很长的一段话" in answer.content.decode() and "依据没有填写" in answer.content.decode()


def test_the_enterprise_page_lists_its_rights_and_the_county_has_no_such_page(firm, county, signed_in):
    title(firm)
    page = signed_in(make_member(firm)).get("/my/entitlements/").content.decode()
    assert "纳入重点企业用工保障" in page and "称号本身不等于取得" in page
    assert signed_in(county).get("/my/entitlements/").status_code == 404
    assert signed_in(county).get("/desk/measures/").status_code == 404
