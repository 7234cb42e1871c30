"""A call is drafted with the list of papers that its tier and case usually ask for; the official corrects it there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certification.models import Call
from certification.paper_list import lines_of, papers_from
from certification.paper_templates import is_untouched, template
from certification.tiers import CaseType, Tier
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

BELOW = [(tier, case) for tier in Tier.values if tier != "champion" for case in CaseType.values]


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield Principal.system("test")


@pytest.mark.parametrize(("tier", "case"), BELOW)
def test_every_line_of_a_template_is_a_line_of_its_own_that_no_other_paper_stands_for(tier, case):
    rows = papers_from(template(tier, case))
    lines = lines_of(Call(year=2026, documents=rows))
    assert len({line.key for line in lines}) == len(lines) >= 9
    assert [line.title for line in lines] == [text.lstrip("*") for text in template(tier, case).splitlines()]
    assert {"营业执照"} < {line.title for line in lines if line.is_required}


def test_years_in_a_line_count_back_from_the_year_of_the_call():
    lines = lines_of(Call(year=2026, documents=papers_from(template("little_giant", "new"))))
    told = {line.kind: line.years for line in lines}
    assert (told["audit"], told["social"], told["licence"]) == ((2023, 2024, 2025), (2025,), ())


def test_a_re_review_asks_for_its_own_form_and_nothing_is_known_of_the_champion():
    assert "复核申请书" in template("specialised", "renewal") and "复核申请书" not in template("specialised", "new")
    assert template("champion", "new") == "" and template("no such tier", "new") == ""


def test_what_only_another_province_asks_for_is_not_in_any_list():
    assert not [tier for tier, case in BELOW if "所得税" in template(tier, case)]


def test_a_list_is_untouched_until_somebody_works_on_it():
    text = template("specialised", "new")
    assert is_untouched(text) and is_untouched(text.replace("\n", "\r\n"))
    assert not is_untouched(text + "\n其他材料") and not is_untouched("营业执照")


def given(**more):
    opens = timezone.localtime(clock.now()) + timedelta(days=3)
    return {
        "tier": "specialised", "case_type": "new", "year": opens.year, "batch": "模板试用", "title": "通知（测试）",
        "opens_at": f"{opens:%Y-%m-%dT%H:%M}", "closes_at": f"{opens + timedelta(days=20):%Y-%m-%dT%H:%M}", "route": "county",
        "posting_length": 5, "posting_unit": "workday", "disciplinary_contact": "派驻组 0951-0000000",
    } | more  # fmt: skip


@pytest.fixture
def desk(world, house):
    return world.signed_in("sheng-chuzhang")


def test_the_new_form_comes_with_a_list_and_brings_in_the_one_of_the_chosen_tier_losing_nothing(desk):
    first = desk.get("/desk/calls/new/").content.decode()
    assert "创新型中小企业自评表" in first
    told = given(tier="little_giant", papers="我改了一半的清单", instructions="写了一半的说明", fill="papers")
    again = desk.post("/desk/calls/new/", told)
    page = again.content.decode()
    assert again.status_code == 200 and "统计局法人单位基本情况表" in page and "写了一半的说明" in page
    assert "我改了一半的清单" not in page and not Call.objects.filter(batch="模板试用").exists()


def test_an_untouched_list_follows_the_tier_and_one_that_was_worked_on_stays(desk):
    desk.post("/desk/calls/new/", given(papers=template("innovative", "new")))
    drafted = Call.objects.get(batch="模板试用")
    assert drafted.documents[0]["title"] == "专精特新中小企业申请书"
    assert drafted.documents[0]["required"] is True
    desk.post("/desk/calls/new/", given(batch="自己的清单", papers="*营业执照"))
    assert [row["title"] for row in Call.objects.get(batch="自己的清单").documents] == ["营业执照"]
    desk.post("/desk/calls/new/", given(batch="没有清单", papers=""))
    assert Call.objects.get(batch="没有清单").documents == []


def test_a_draft_can_be_given_the_list_as_well(desk):
    desk.post("/desk/calls/new/", given(papers="*营业执照"))
    drafted = Call.objects.get(batch="模板试用")
    page = desk.post(f"/desk/calls/{drafted.public_id}/", given(papers="*营业执照", fill="papers")).content.decode()
    assert "公共信用报告" in page
    drafted.refresh_from_db()
    assert [row["title"] for row in drafted.documents] == ["营业执照"]
