"""What doors show instead of primary keys: nothing to count, nothing to guess, safe to read out."""

from urllib.parse import quote

from foundation.public_ids import ALPHABET, LENGTH, PublicId, new_public_id
from tests.factories import make_enterprise


def test_an_id_is_sixteen_characters_that_nobody_confuses():
    ids = {new_public_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert {len(one) for one in ids} == {LENGTH} == {16}
    assert set("".join(ids)) == set(ALPHABET)
    assert not set(ALPHABET) & set("ilou")
    assert quote(ALPHABET) == ALPHABET == ALPHABET.lower()


def test_eighty_bits_are_drawn_and_no_position_is_fixed():
    assert len(ALPHABET) ** LENGTH == 2**80
    ids = [new_public_id() for _ in range(2000)]
    assert [len({one[place] for one in ids}) for place in range(LENGTH)] == [32] * LENGTH


def test_every_thing_gets_its_own_and_keeps_it(house):
    first, second = make_enterprise(), make_enterprise()
    assert first.public_id != second.public_id
    kept = first.public_id
    first.name = "改了名称"
    first.save()
    first.refresh_from_db()
    assert first.public_id == kept


def test_a_migration_says_nothing_about_how_ids_are_drawn():
    """Length and alphabet may change without a migration for every table."""
    assert PublicId().deconstruct()[3] == {}
    assert PublicId().unique
    assert not PublicId().editable
