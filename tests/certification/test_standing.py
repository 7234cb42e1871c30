"""What a rule sees of an enterprise beside its figures: titles of this ladder, and the one outside title that counts."""

from datetime import timedelta

import pytest

from certification import library, snapshot
from certification.models import Certificate
from certification.rules.assess import assess
from certification.standing import plain_standing, standing_of
from enterprises.models import Enterprise, OutsideTitle, Touched
from enterprises.outside import note_outside
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield Principal.system("test")


@pytest.fixture
def firm(house):
    """A firm with somebody in it and without any title."""
    held = Certificate.objects.values("enterprise_id")
    found = Enterprise.objects.exclude(pk__in=held).filter(memberships__state="verified", outside_titles=None).first()
    assert found is not None
    return found


def note(firm, days):
    until = clock.today() + timedelta(days=days)
    member = Principal.of_user(firm.memberships.filter(state="verified").first().user)
    return note_outside(firm, {"kind": "tech_sme", "valid_until": until.isoformat()}, actor=member)


def entry_condition(firm):
    facts = plain_standing(firm, clock.today()) | {"segment_years": "5"}
    told = assess(library.published().rule_set("T2-2026"), facts, on=clock.today(), case_type="new")
    return next(line.outcome for line in told.criteria if line.code == "S1")


def test_a_valid_entry_as_tech_sme_meets_the_condition_that_names_it(firm):
    assert entry_condition(firm) == "unmet"
    note(firm, 30)
    assert entry_condition(firm) == "met"


def test_the_entry_counts_to_its_last_day_and_is_the_firm_s_own_word(firm):
    row = note(firm, 30)
    last = standing_of(firm, row.valid_until)["holds"]
    assert (last.value, last.source) == (["tech_sme"], "self")
    after = standing_of(firm, row.valid_until + timedelta(days=1))["holds"]
    assert (after.value, after.source) == ([], "titles")


def test_titles_of_other_kinds_open_nothing(firm):
    OutsideTitle.objects.create(
        enterprise=firm, kind="gazelle", valid_until=clock.today() + timedelta(days=30), seen_at=clock.now()
    )
    assert standing_of(firm, clock.today())["holds"].value == []


def test_the_sweep_looks_again_when_the_entry_is_noted_and_when_it_ends(firm):
    Touched.objects.filter(enterprise=firm).delete()
    row = note(firm, 3)
    assert [t.names for t in Touched.objects.filter(enterprise=firm)] == [["holds"]]
    assert snapshot.take([firm], clock.today())[firm.pk].flips_on <= row.valid_until + timedelta(days=1)
