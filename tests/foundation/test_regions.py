"""Who recommends, who examines, in which order; and what lies in whose reach."""

from collections import Counter

import pytest

from foundation.regions.models import RecommendingBody, bodies, by_path, forget_bodies, office_label, route_of
from foundation.regions.paths import ancestors, covers, path_range

PATHS = [
    "64", "64/6401", "64/6402", "64/6401/640104", "64/6401/640105", "64/6401/JK", "64/ND",
    # codes that begin like another one
    "641", "64/64010", "64/6401A", "64/6401/6401041", "64/6401/JK2", "64/6401/JKQ", "64/ND0", "64/NDx", "63", "65/6401",
]  # fmt: skip


def test_the_region_has_five_cities_twenty_two_counties_and_two_zones(house):
    assert Counter(body.level for body in bodies().values()) == {"province": 1, "city": 5, "county": 22, "zone": 2}
    assert [body.path for body in bodies().values() if body.level == "zone"] == ["64/6401/JK", "64/ND"]


def test_every_body_hangs_on_one_that_exists_and_codes_are_letters_and_digits(house):
    for body in bodies().values():
        assert body.path == "64" or body.parent_path in bodies()
        assert all(part.isascii() and part.isalnum() for part in body.path.split("/"))
        assert body.path.rpartition("/")[2] == body.code
        assert body.gb_code in ("", body.code.ljust(6, "0"))


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("64/6401/640104", ["兴庆区", "银川市", "自治区"]),
        ("64/6401/JK", ["银川经开区", "银川市", "自治区"]),
        ("64/ND", ["宁东", "自治区"]),
        ("64/6405/640522", ["海原县", "中卫市", "自治区"]),
        ("64", ["自治区"]),
    ],
)
def test_a_case_goes_from_its_first_examiner_up_to_the_province(house, path, route):
    assert [body.short_name for body in route_of(path)] == route


def test_a_body_that_is_left_out_above_is_left_out_of_the_route(house):
    assert [body.short_name for body in route_of("64/6499/649901")] == ["自治区"]
    assert route_of("31/3101") == []


def test_counties_and_zones_examine_first_and_nobody_else_does(house):
    assert {body.level for body in bodies().values() if body.is_first_examiner} == {"county", "zone"}
    assert {body.level for body in bodies().values() if not body.is_first_examiner} == {"province", "city"}


def test_an_applicant_is_shown_the_office_and_nothing_where_there_is_none(house):
    assert office_label("64/ND") == "宁东能源化工基地管委会"
    assert office_label("64/9999") == ""
    with pytest.raises(KeyError):
        by_path("64/9999")


def test_a_body_that_was_renamed_is_read_again(house):
    assert by_path("64/ND").short_name == "宁东"
    RecommendingBody.objects.filter(path="64/ND").update(short_name="宁东基地")
    forget_bodies()
    assert by_path("64/ND").short_name == "宁东基地"


def test_steps_upwards_begin_with_the_body_itself():
    assert ancestors("64/6401/640104") == ["64/6401/640104", "64/6401", "64"]
    assert ancestors("64") == ["64"]


@pytest.mark.parametrize("path", PATHS)
def test_the_range_of_the_index_and_the_question_of_the_permission_agree(path):
    """A neighbour whose code only begins alike is in nobody's reach, whichever of the two walls is asked."""
    low, high = path_range(path)
    assert {other for other in PATHS if low <= other < high} == {other for other in PATHS if covers(path, other)}


def test_reach_goes_down_and_never_up_or_aside():
    assert covers("64/6401", "64/6401/640104")
    assert covers("64/6401", "64/6401")
    for other in ("64", "64/6402", "64/64010", "64/6402/640202"):
        assert not covers("64/6401", other)
    assert not covers("", "64")
    assert not covers("", "")


def test_the_database_sorts_paths_by_bytes_as_the_range_supposes(house, sql):
    for place, path in enumerate(p for p in PATHS if p not in bodies()):
        RecommendingBody.objects.create(path=path, code=f"X{place}", name=path, short_name="x", level="county")
    low, high = path_range("64/6401")
    inside = set(RecommendingBody.objects.filter(path__gte=low, path__lt=high).values_list("path", flat=True))
    every = set(RecommendingBody.objects.values_list("path", flat=True))
    assert inside == {path for path in every if covers("64/6401", path)}
    assert len(inside) == 11
    assert sql("SELECT count(*) FROM regions_recommendingbody WHERE path LIKE '64/6401%%'")[0][0] > len(inside)
