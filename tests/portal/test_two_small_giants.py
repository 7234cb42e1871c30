"""科技小巨人 and 专精特新小巨人 are told apart wherever people take one for the other, and nowhere else."""

import pytest

from certification.models import Application, Call, RuleSet
from certification.tiers import Tier
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from tests.factories import make_enterprise, make_member

SAID = "“科技小巨人”不是专精特新“小巨人”"


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


def says(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return SAID in answer.content.decode()


def test_the_pages_of_the_little_giants_say_it_and_those_of_the_others_do_not(house, client):
    for call in Call.objects.filter(state="published"):
        assert says(client, f"/calls/{call.public_id}/") == (call.tier == "little_giant"), call
    for rules in RuleSet.objects.filter(state="published").exclude(tier=""):
        assert says(client, f"/standards/{rules.code}/") == (rules.tier == "little_giant"), rules
    assert says(client, "/") and not says(client, "/register/")
    for tier in Tier.values:
        assert says(client, f"/register/?tier={tier}") == (tier == "little_giant")


def test_whoever_applies_for_it_reads_it_where_the_titles_held_are_asked_for(house, signed_in):
    firm = make_enterprise()
    client = signed_in(make_member(firm))
    for tier in ("little_giant", "champion"):
        call = Call.objects.get(state="published", tier=tier, case_type="new")
        client.post(f"/calls/{call.public_id}/start/")
        begun = f"/my/applications/{Application.objects.get(call=call, enterprise=firm).public_id}"
        assert says(client, f"{begun}/identity/") == (tier == "little_giant")
        assert not says(client, f"{begun}/finance/")
