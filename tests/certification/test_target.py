"""Targets: published ones are there, the province divides them among its regions, and nobody else does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification import certify
from certification import target as targets
from certification.models import Target
from enterprises.models import IntellectualProperty
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from foundation.refusals import Missing, Refused
from portal.figures import figures, outcomes
from tests.factories import make_enterprise

pytestmark = pytest.mark.django_db
GIVEN = {
    "year": "2026",
    "region_path": "64/6401",
    "tier": "specialised",
    "minimum": "22",
    "source": "年度工作部署会（测试）",
}
PAGE = "/desk/targets/"


@pytest.fixture
def leader(director):
    targets.load_targets()
    return Principal.of_user(director)


def test_a_target_of_a_city_is_set_with_its_ground_and_told(leader):
    row = targets.set_target(GIVEN, 0, actor=leader)
    assert (row.amount, row.version) == ("22 家", 1)
    feed = Change.objects.get(type="target", public_id=row.public_id)
    assert (feed.op, feed.region_path, feed.version) == ("create", "64/6401", 1)
    told = AuditEvent.objects.get(act="target.set")
    assert "2026年银川市专精特新中小企业本年新增目标：22 家（原为没有），依据年度工作部署会（测试）" in told.sentence
    assert Target.objects.get(year=2026, region_path="64", tier="specialised", measure="new_titles").minimum == 50


def test_setting_it_again_changes_the_same_row_and_an_old_page_is_refused(leader):
    targets.set_target(GIVEN, 0, actor=leader)
    row = targets.set_target(GIVEN | {"minimum": "20", "maximum": "25"}, 1, actor=leader)
    assert (row.amount, row.version, Target.objects.filter(region_path="64/6401").count()) == ("20–25 家", 2, 1)
    with pytest.raises(Refused) as told:
        targets.set_target(GIVEN, 1, actor=leader)
    assert told.value.code == "already_moved" and "20–25 家" in told.value.sentence


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"year": "26"}, "year"),
        ({"year": "2021"}, "year"),
        ({"region_path": "64/6401/640104"}, "region_path"),
        ({"region_path": "11"}, "region_path"),
        ({"tier": "giant"}, "tier"),
        ({"measure": "happiness"}, "measure"),
        ({"measure": "rd_share"}, "measure"),
        ({"minimum": ""}, "minimum"),
        ({"minimum": "二十"}, "minimum"),
        ({"minimum": "-1"}, "minimum"),
        ({"minimum": "2.5"}, "minimum"),
        ({"minimum": "NaN"}, "minimum"),
        ({"minimum": "1e9"}, "minimum"),
        ({"maximum": "21"}, "maximum"),
        ({"source": ""}, "source"),
        ({"region_path": "64", "measure": "rd_share", "minimum": "101"}, "minimum"),
    ],
)
def test_what_cannot_be_a_target_is_named_at_its_field_and_nothing_is_written(leader, wrong, field):
    before = Target.objects.count()
    with pytest.raises(Refused) as told:
        targets.set_target(GIVEN | wrong, 0, actor=leader)
    assert [problem.field for problem in told.value.problems] == [field]
    assert Target.objects.count() == before


def test_an_outcome_of_the_province_may_exclude_its_number(leader):
    row = targets.set_target(
        GIVEN | {"year": "2028", "region_path": "64", "measure": "rd_share", "minimum": "10.5", "is_exclusive": "1"},
        0,
        actor=leader,
    )
    assert row.amount == "超过10.5%"


def test_only_what_was_divided_can_be_taken_back_and_with_a_reason(leader):
    row = targets.set_target(GIVEN, 0, actor=leader)
    with pytest.raises(Refused):
        targets.remove_target(row, 1, " ", actor=leader)
    targets.remove_target(row, 1, "重复设定（测试）", actor=leader)
    assert not Target.objects.filter(region_path="64/6401").exists()
    assert "（22 家）：重复设定（测试）" in AuditEvent.objects.get(act="target.remove").sentence
    published = Target.objects.get(year=2026, region_path="64", tier="specialised", measure="new_titles")
    with pytest.raises(Refused):
        targets.remove_target(published, published.version, "不要了（测试）", actor=leader)


def test_only_the_provinces_leader_sets_one_and_a_city_sees_its_own_and_the_published(leader, province, city, county):
    targets.set_target(GIVEN, 0, actor=leader)
    targets.set_target(GIVEN | {"region_path": "64/6402", "minimum": "8"}, 0, actor=leader)
    for other in (province, city, county):
        with pytest.raises(Missing):
            targets.set_target(GIVEN, 1, actor=Principal.of_user(other))
    seen = {row.region_path for row in targets.visible_targets(Principal.of_user(city))}
    assert seen == {"64", "64/6401"}
    assert {row.region_path for row in targets.visible_targets(Principal.of_user(province))} == {
        "64",
        "64/6401",
        "64/6402",
    }


def test_the_page_sets_a_target_keeps_what_was_typed_and_shows_the_sum(
    leader, director, province, city, county, signed_in
):
    answer = signed_in(director).post(PAGE, GIVEN | {"minimum": "二十二", "version": "0"})
    assert answer.status_code == 422 and 'value="二十二"' in answer.content.decode()
    assert signed_in(director).post(PAGE, GIVEN | {"version": "0"}).status_code == 302
    page = signed_in(director).get(PAGE + "?year=2026").content.decode()
    assert "1 地合计 22 家，自治区 50 家" in page
    row = Target.objects.get(region_path="64/6401")
    form = signed_in(director).get(f"{PAGE}?year=2026&edit={row.public_id}").content.decode()
    assert "撤下这项目标" in form and 'name="minimum" inputmode="decimal" maxlength="12" required value="22"' in form
    assert signed_in(director).post(PAGE, GIVEN | {"version": "0"}).status_code == 409
    assert "设定目标" not in signed_in(province).get(PAGE).content.decode()
    own = signed_in(city).get(PAGE + "?year=2026").content.decode()
    assert "22 家" in own and "设定目标" not in own
    assert signed_in(city).post(PAGE, GIVEN | {"version": "1"}).status_code == 404
    assert signed_in(county).get(PAGE).status_code == 404
    assert signed_in(city).post(f"{PAGE}{row.public_id}/", {"version": "1", "reason": "不要了"}).status_code == 404
    assert (
        signed_in(director).post(f"{PAGE}{row.public_id}/", {"version": "1", "reason": "重复设定"}).status_code == 302
    )
    assert not Target.objects.filter(pk=row.pk).exists()


def title_of(path: str = "64/6401/640104"):
    """A firm with a title that was announced today."""
    firm, day = make_enterprise(path), clock.today()
    certify.issue(
        firm, tier="specialised", first=day, last=certify.last_valid_day(day), actor=Principal.system("test"), origin="imported"
    )  # fmt: skip
    return firm


def test_titles_of_a_neighbour_do_not_count_for_a_region(house):
    for path in ("64/6401/640104", "64/6402/640202", "64/6402/640202"):
        title_of(path)
    counted = figures.new_titles_of(clock.today().year)
    assert [counted["specialised", path] for path in ("64", "64/6401", "64/6402", "64/640")] == [3, 1, 2, 0]


def test_a_page_of_many_targets_counts_them_in_as_many_queries_as_a_page_of_one(
    leader, director, signed_in, django_assert_max_num_queries
):
    client = signed_in(director)
    targets.set_target(GIVEN, 0, actor=leader)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE + "?year=2026")
    for path in ("64/6402", "64/6403", "64/6404", "64/6405", "64/ND"):
        targets.set_target(GIVEN | {"region_path": path}, 0, actor=leader)
    with django_assert_max_num_queries(len(few)):
        assert "64/ND" in client.get(PAGE + "?year=2026").content.decode()


def test_patents_whose_use_nobody_told_are_no_part_of_the_rate(house):
    firm = title_of()
    assert outcomes.patents("specialised").rows == [("实施率", "缺数据"), ("产业化率", "缺数据")]
    for kind, used, income in (
        ("invention", True, 100), ("design", True, 0), ("invention", False, None), ("utility_model", None, None),
        ("invention", True, None), ("trademark", True, 100),
    ):  # fmt: skip
        IntellectualProperty.objects.create(
            enterprise=firm,
            kind=kind,
            title="测试",
            is_implemented=used,
            product_income_fen=income,
            seen_at=clock.now(),
        )
    assert outcomes.patents("specialised").rows == [
        ("实施率（已填 4 / 5 件）", "75%"),
        ("产业化率（已填 4 / 5 件）", "25%"),
    ]
