"""The short form of each drill belongs to the suite, and one planted defect of each must turn it red.

They are started with the session (conftest.py) and asked last; yard.py says how they run.
"""

import json
import os

import pytest

from launcher.drilling import turned_red
from tests.chaos.yard import HEADERS, HERE, PLANTED, YARD
from tests.conftest import WORLD


@pytest.fixture(scope="module")
def yard(request):
    made = request.config.stash[YARD]
    if (world := request.config.stash.get(WORLD, None)) is not None:
        world.close()
    made.only_we_are_left()
    return made


def test_every_drill_declares_its_promise_and_its_plants():
    assert len(HEADERS) >= 14
    for row, told in HEADERS.items():
        assert told["row"].lower() == row and told["promise"] and told["plants"]
        assert (HERE / f"{row}.py").is_file()


@pytest.mark.parametrize(("row", "plant"), [(row, "") for row in HEADERS], ids=list(HEADERS))
def test_the_short_form_is_green(row, plant, yard):
    code, told = yard.jobs[row, plant].result()
    if "skipped" in told["counts"] and not os.environ.get("CI"):
        pytest.skip(told["counts"]["skipped"])
    assert (code, told["passed"]) == (0, True), json.dumps(told, ensure_ascii=False)
    assert set(told) == {"row", "form", "plant", "seed", "counts", "target", "passed"}


@pytest.mark.parametrize(("row", "plant"), PLANTED.items())
def test_a_planted_defect_turns_it_red(row, plant, yard):
    code, told = yard.jobs[row, plant].result()
    assert turned_red(row, plant, code, told), json.dumps(told, ensure_ascii=False)
