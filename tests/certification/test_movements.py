"""Who came in, stayed, rose and left; and how many of a year's entries were still there later. Counted by hand first."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification import certify, survival
from certification.models import Certificate
from certification.movements import movements, table, totals
from certification.permissions import CERTIFICATE
from enterprises.attach import cells_of
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.transitions import move
from tests.certification.titled import filed, titled
from tests.factories import make_enterprise

pytestmark = pytest.mark.django_db
HERE = "64/6404/640424"
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        Certificate.objects.filter(region_path=HERE).count()
        yield world


def give(firm, tier, first, last):
    return certify.issue(firm, tier=tier, first=first, last=last, actor=Principal.system("test"), origin="imported")


def end(title, act, on):
    move(title, act, actor=Principal.system("test"), machine=CERTIFICATE, ended_on=on, end_reason="（测试）")


def mine(rows, *firms):
    names = {firm.name for firm in firms}
    return [row for row in rows if row.name in names]


@pytest.fixture
def four(house):
    """One that stays by re-review, one that rises, one that runs out, one that came earlier and is still there."""
    stays, rises, leaves, old = (make_enterprise(HERE) for _ in range(4))
    first = give(stays, "specialised", date(2022, 3, 1), date(2025, 2, 28))
    move(first, "renew", actor=Principal.system("test"), machine=CERTIFICATE, ended_on=date(2025, 3, 1))
    give(stays, "specialised", date(2025, 3, 1), date(2028, 2, 29))
    give(rises, "innovative", date(2024, 5, 1), date(2027, 4, 30))
    give(rises, "specialised", date(2025, 6, 1), date(2028, 5, 31))
    end(give(leaves, "specialised", date(2022, 7, 1), date(2025, 6, 30)), "expire", date(2025, 6, 30))
    give(old, "specialised", date(2024, 1, 1), date(2026, 12, 31))
    return stays, rises, leaves, old


def test_each_movement_of_the_year_is_there_once_with_its_kind(four):
    stays, rises, leaves, _ = four
    rows = mine(movements(["64"], *YEAR), *four)
    assert [(row.name, row.kind, row.on, row.rose) for row in sorted(rows, key=lambda row: row.on)] == [
        (stays.name, "stayed", date(2025, 3, 1), False),
        (rises.name, "entered", date(2025, 6, 1), True),
        (leaves.name, "left", date(2025, 6, 30), False),
    ]
    told = totals(rows)
    assert (told.entered, told.rose, told.stayed, told.left, told.ways) == (1, 1, 1, 1, [("有效期已满", 1)])


def test_the_first_and_the_last_day_of_the_period_belong_to_it(four):
    leaves = four[2]
    assert len(mine(movements(["64"], date(2025, 6, 30), date(2025, 6, 30)), leaves)) == 1
    assert len(mine(movements(["64"], date(2025, 7, 1), date(2025, 12, 31)), leaves)) == 0


def test_a_body_counts_its_own_and_what_lies_below(four):
    for reach, seen in ((["64/6404"], 3), ([HERE], 3), (["64/6401"], 0), ([], 0)):
        assert len(mine(movements(reach, *YEAR), *four)) == seen, reach


def test_the_export_is_the_same_list(four):
    rows = movements(["64"], *YEAR)
    cells = cells_of(table(rows))["进出台账"]
    assert len(cells) == len(rows) + 1
    assert [line[9] for line in cells[1:]] == [row.number for row in rows]


def test_one_query_however_many_titles(four):
    with CaptureQueriesContext(connection) as asked:
        movements(["64"], *YEAR)
    assert len(asked) == 1


def test_survival_counts_who_was_there_on_the_anniversary(four, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))
    rows = survival.lives([HERE], "specialised")
    assert sorted(life.entered_on for life in rows) == [
        date(2022, 3, 1),
        date(2022, 7, 1),
        date(2024, 1, 1),
        date(2025, 6, 1),
    ]
    year = next(row for row in survival.table(rows, "year") if row.label == "2022年")
    # One was renewed; the other's last valid day, 30 June 2025, lies before its third anniversary.
    assert [(share.kept, share.reached) for share in year.marks] == [(2, 2), (2, 2), (1, 2)]
    assert (year.now.kept, year.now.reached) == (1, 2)
    young = next(row for row in survival.table(rows, "year") if row.label == "2025年")
    assert [(share.kept, share.reached) for share in young.marks] == [(1, 1), (0, 0), (0, 0)]


def test_a_life_that_a_higher_title_took_over_ends_where_that_one_ends(house):
    firm, goes_on = make_enterprise(HERE), make_enterprise(HERE)
    for one in (firm, goes_on):
        low = give(one, "innovative", date(2022, 1, 1), date(2024, 12, 31))
        high = give(one, "specialised", date(2023, 6, 1), date(2026, 5, 31))
        end(low, "absorb", date(2023, 6, 1))
        if one == firm:
            end(high, "expire", date(2024, 3, 1))
    lives = [life for life in survival.lives([HERE], "innovative") if life.entered_on == date(2022, 1, 1)]
    assert sorted(str(life.left_on) for life in lives) == ["2024-03-01", "None"]


def test_a_life_that_ends_on_the_anniversary_itself_reached_it():
    life = survival.Life("specialised", HERE, "imported", date(2023, 10, 10), date(2024, 10, 10))
    assert survival.share_after([life], 1, date(2026, 11, 23)) == survival.Share(1, 1)
    short = survival.Life("specialised", HERE, "imported", date(2023, 10, 10), date(2024, 10, 9))
    assert survival.share_after([short], 1, date(2026, 11, 23)) == survival.Share(0, 1)
    assert survival.share_after([life], 3, date(2026, 10, 9)).reached == 0


@pytest.mark.parametrize(
    ("kept", "reached", "low", "high"), [(8, 10, 49.0, 94.3), (0, 5, 0.0, 43.4), (5, 5, 56.6, 100.0)]
)
def test_the_interval_is_wilsons(kept, reached, low, high):
    assert survival.wilson(kept, reached) == (pytest.approx(low, abs=0.1), pytest.approx(high, abs=0.1))


def test_small_numbers_are_marked(settings):
    settings.SMALL_CELL = 5
    assert survival.Share(4, 4).is_small and not survival.Share(5, 5).is_small


def test_the_pages_tell_each_desk_its_own_and_the_public_no_names_of_those_that_ran_out(house, four):
    _, rises, leaves, _ = four
    page = house.signed_in("sheng-shenhe").get("/desk/movements/?period=2025&kind=left").content.decode()
    assert leaves.name in page and rises.name not in page
    deep = house.signed_in("sheng-shenhe").get("/desk/movements/survival/?by=region&depth=county").content.decode()
    assert "彭阳" in deep or "泾源" in deep or "县" in deep
    other = house.signed_in("dawukou").get("/desk/movements/?period=2025").content.decode()
    assert leaves.name not in other
    public = house.signed_in("").get("/bulletin/2025-06/")
    assert rises.name in public.content.decode() and leaves.name not in public.content.decode()
    assert house.signed_in("").get(f"/bulletin/{clock.today():%Y-%m}/").status_code == 404
    assert house.signed_in("").get("/bulletin/2025-13/").status_code == 404
    assert "满 3 年" in house.signed_in("sheng-shenhe").get("/desk/movements/survival/?by=region").content.decode()
    assert house.signed_in("qiye-zhang").get("/desk/movements/").status_code in (403, 404)


def test_a_bulletin_that_cannot_name_everybody_says_how_many_it_leaves_out(house, four, monkeypatch):
    public = house.signed_in("")
    assert "没有列出" not in public.get("/bulletin/2025-06/").content.decode()
    monkeypatch.setattr("certification.views.movements.NAMED", 0)
    page = public.get("/bulletin/2025-06/").content.decode()
    assert "这里列出前 0 项，另有" in page and "全部名单以公告为准" in page and "/register/" in page


def test_a_title_says_by_which_way_its_firm_came_in(world, house):
    title = Certificate.objects.filter(tier="innovative", application__isnull=False).order_by("id").first()
    filed = title.application.submissions.order_by("-number").first()
    found = {line["code"]: line["outcome"] for line in filed.result["criteria"]}
    assert (title.entered_by, found["score"], found["pass"]) == ("score", "met", "met")
    assert "本系统公告（评分达标）" in {
        row.label for row in survival.table(survival.lives(["64"], "innovative"), "origin")
    }

    def judged_again(**told):
        lines = [line | {"outcome": told.get(line["code"], line["outcome"])} for line in filed.result["criteria"]]
        filed.pk, filed.number, filed.result = None, filed.number + 1, filed.result | {"criteria": lines}
        filed._state.adding = True
        filed.save()
        return certify.way_in(title.application)

    assert judged_again(score="unmet") == "direct"
    assert judged_again(score="unmet", **{"pass": "unmet"}) == ""


def test_a_tier_without_two_ways_has_no_word_for_them(world, house):
    assert set(Certificate.objects.exclude(tier="innovative").values_list("entered_by", flat=True)) == {""}
    assert certify.way_in(None) == ""


def test_who_ran_out_left_by_the_last_day_and_who_failed_the_re_review_by_its_rules(four, house, on):
    leaves = four[2]
    (row,) = [row for row in mine(movements(["64"], *YEAR), leaves) if row.kind == "left"]
    assert row.rule == "有效期届满"
    failed, runs_out = titled(), titled()
    on(date(2028, 12, 1))
    filed(failed, "refused")
    on(date(2029, 1, 20))
    certify.expire_due(actor=Principal.system("calendar"))
    told = {
        row.name: (row.state, row.rule)
        for row in mine(movements(["64"], date(2029, 1, 1), date(2029, 1, 31)), failed, runs_out)
    }
    assert told == {failed.name: ("not_renewed", "TEST"), runs_out.name: ("expired", "有效期届满")}
