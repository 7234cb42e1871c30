"""创新型 is evaluated and announced; only the upper tiers are recognised. No page says otherwise."""

import pytest

from certification.models import Application
from certification.states import APPLICATION
from certification.tiers import given_here
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.sentences import SENTENCES


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.mark.parametrize(
    ("tier", "office", "word"),
    [
        ("innovative", "64/6401/640104", "推荐"), ("innovative", "64", "评价"), ("specialised", "64/6401", "推荐"),
        ("specialised", "64", "认定"), ("little_giant", "64", "推荐"), ("champion", "64", "推荐"),
    ],
)  # fmt: skip
def test_an_office_refuses_what_it_would_give(tier, office, word):
    assert given_here(tier, office) == word


def test_what_is_said_of_every_tier_takes_the_word_of_none():
    words = {label.officer for code, label in APPLICATION.labels.items() if not code.startswith("national_")}
    words |= {act.label for act in APPLICATION.transitions if "national" not in act.act}
    words |= {text for act, text in SENTENCES.items() if act.startswith("application.") and "national" not in act}
    assert [text for text in words if "认定" in text] == []


@pytest.mark.parametrize(("tier", "word"), [("innovative", "不予评价"), ("specialised", "不予认定")])
def test_the_desk_of_the_province_refuses_in_the_words_of_the_tier(house, world, tier, word):
    row = Application.objects.filter(state="province_review", tier=tier).order_by("pk").first()
    page = world.signed_in("sheng-shenhe").get(f"/desk/cases/{row.public_id}/").content.decode()
    assert f">{word}<" in page and (tier != "innovative" or "不予认定" not in page)
