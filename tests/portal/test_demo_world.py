"""What the demo promises: about 300 invented firms that say so, every state, a call and cohorts of each tier, one persona per role and level."""

import random
from collections import Counter, defaultdict

import pytest
from django.db import transaction

from certification.models import Application, Call, Certificate
from certification.permissions import APPLICATION
from certification.tiers import CaseType, Tier
from enterprises.models import Enterprise, Figure, IntellectualProperty
from foundation import clock
from foundation.accounts.models import POWERS, Post, Role, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.regions.models import bodies
from portal.demo import enterprises, titles
from portal.demo.people import DEPARTMENTS, OFFICIALS


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


def test_about_three_hundred_firms_and_every_one_says_that_it_is_invented(house):
    names = list(Enterprise.objects.values_list("name", flat=True))
    assert 295 <= len(names) <= 305 and len(set(names)) == len(names)
    assert [name for name in names if not name.endswith("（演示）")] == []
    assert [user.username for user in User.objects.exclude(name__contains="演示")] == []


def test_a_case_stands_in_every_state_an_application_can_have(house):
    found = set(Application.objects.values_list("state", flat=True))
    assert set(APPLICATION.states.labels) - found == set()


def test_each_tier_has_a_call_that_runs_today(house):
    now = clock.now()
    running = Call.objects.filter(state="published", opens_at__lte=now, closes_at__gt=now, case_type=CaseType.NEW)
    assert set(running.values_list("tier", flat=True)) == set(Tier.values)


def test_titles_come_from_several_cohorts_and_some_are_near_their_end(house):
    years = defaultdict(set)
    for tier, day in Certificate.objects.values_list("tier", "announced_on"):
        years[tier].add(day.year)
    for tier in (Tier.INNOVATIVE, Tier.SPECIALISED, Tier.LITTLE_GIANT):
        assert len(years[tier]) >= 3, tier
    assert years[Tier.CHAMPION]
    assert {"valid", "expired"} <= set(Certificate.objects.values_list("state", flat=True))


def test_there_is_a_persona_for_every_role_and_for_every_level_that_works_on_cases(house, world):
    known = bodies()
    told = {name for name, account in world.accounts.items() if account["region"]}
    held = defaultdict(set)
    for name, path, role in Post.objects.filter(until=None, user__username__in=told).values_list(
        "user__username", "office__body__path", "role"
    ):
        held[name].add((known[path].level, role))
    levels = {one for posts in held.values() for one in posts}
    assert {role for _, role in levels} == set(Role.values)
    for level in ("county", "city", "province"):
        assert {role for at, role in levels if at == level} >= {"reviewer", "leader", "admin"}, level
        assert {(level, "reviewer")} in held.values(), f"nobody at the {level} is a reviewer and nothing else"
    assert {role for at, role in levels if at == "zone"} >= {"reviewer", "leader"}
    for city in [body for body in known.values() if body.level == "city"]:
        offices = {path for _, _, path, _ in OFFICIALS if path == city.path}
        assert offices, f"{city.short_name} has nobody to sign in as"


def test_every_persona_is_in_the_file_of_passwords_under_an_invented_name(house, world):
    for username, name, path, roles in OFFICIALS:
        account = world.accounts[username]
        assert name.endswith("（演示）") and account["region"] == path and account["password"].startswith(username)
        assert len(set(roles) & set(POWERS)) <= 1
    assert {username for username, *_ in DEPARTMENTS} <= set(world.accounts)


def traces():
    """What a load draws: firms with what is known of them, and their titles; numbers of rows and times of writing left out."""
    figures = Figure.objects.values_list("enterprise__credit_code", "name", "year", "fen", "quantity")
    rights = IntellectualProperty.objects.values_list("enterprise__credit_code", "kind", "title", "granted_on")
    held = Certificate.objects.values_list("number", "credit_code", "tier", "announced_on", "valid_until")
    firms = Enterprise.objects.values_list("credit_code", "name", "region_path", "main_product")
    return tuple(Counter(rows) for rows in (firms, figures, rights, held))


def test_the_same_seed_draws_the_same_firms_and_titles_on_the_same_day(db):
    """Twice from the seed into an empty house. The cases are walked by the verbs along a fixed plan over these firms, and
    passwords, keys of clients and public ids are drawn anew on purpose: nobody's demo is open to whoever read the source."""
    drawn = []
    house = Principal.system("demo")
    with scoped(house):
        for _ in range(2):
            with transaction.atomic():
                rng = random.Random(enterprises.SEED)
                profiles = enterprises.make_profiles(rng)
                enterprises.make_facts(rng, profiles)
                titles.make_titles(rng, profiles, house)
                drawn.append(traces())
                transaction.set_rollback(True)
    assert drawn[0] == drawn[1] and len(drawn[0][0]) == enterprises.COUNT and drawn[0][3]
