"""A planted defect counts as found only when its drill said so, and the scorecard says what was not run."""

from threading import Event, Thread
from time import sleep

from launcher.drilling import flat, last_line, page, turned_red, with_line
from tests.chaos.yard import Room

LINE = {
    "row": "S2",
    "form": "short",
    "plant": "",
    "seed": 7,
    "counts": {"leaks": 0},
    "target": "0 leaks",
    "passed": True,
}
PLANTED = LINE | {"plant": "session_level", "passed": False}


def test_a_drill_that_broke_has_not_found_the_planted_defect():
    assert last_line("Traceback (most recent call last):\nTypeError: not all arguments converted\n") == {}
    assert not turned_red("s2", "session_level", 1, {})


def test_a_drill_that_answers_for_another_row_or_plant_has_not_found_it():
    assert turned_red("s2", "session_level", 1, PLANTED)
    assert not turned_red("s1", "session_level", 1, PLANTED)
    assert not turned_red("s2", "no_row_security", 1, PLANTED)
    assert not turned_red("s2", "session_level", 0, PLANTED | {"passed": True})


def test_a_plant_is_kept_with_its_row_and_outlives_a_newer_line():
    kept = with_line(with_line([LINE], PLANTED), LINE | {"seed": 8})
    assert [(one["seed"], one["plants"]) for one in kept] == [(8, {"session_level": "red"})]


def test_a_row_whose_plant_stayed_green_is_not_met():
    told = page(with_line([LINE], PLANTED | {"passed": True}))
    assert "session_level stayed green" in told and "| **no** |" in told


def test_a_skipped_row_is_called_skipped():
    told = page([LINE | {"passed": False, "counts": {"skipped": "no Chromium"}}])
    assert "| skipped |" in told


def test_the_scorecard_names_the_full_forms_that_were_not_run():
    told = page([LINE])
    assert "Not run yet in the full form: R1" in told and "S2" in told.split("full form:")[1]
    assert "S2" not in told.split("short form:")[1].split("\n")[0]


def last_cell(told):
    (row,) = [line for line in told.splitlines() if line.startswith("| S2 ")]
    return row.rstrip(" |").rsplit("| ", 1)[1]


def test_a_green_row_is_met_no_further_than_its_planted_defects_have_shown():
    """S2 has two plants; the suite runs the first."""
    first = PLANTED | {"plant": "no_row_security"}
    assert last_cell(page([LINE])) == "partly"
    assert last_cell(page(with_line([LINE], first))) == "yes, first plant"
    assert last_cell(page(with_line([LINE], PLANTED))) == "partly"
    assert last_cell(page(with_line(with_line([LINE], first), PLANTED))) == "yes"
    assert last_cell(page([LINE | {"passed": False}])) == "**no**"


def test_a_full_form_is_met_as_far_as_the_plants_of_its_short_form():
    full = LINE | {"form": "full"}
    told = page([full, *with_line([LINE], PLANTED | {"plant": "no_row_security"})])
    assert [line.rstrip(" |").rsplit("| ", 1)[1] for line in told.splitlines() if line.startswith("| S2 ")] == [
        "yes, first plant",
        "yes, first plant",
    ]


def test_counts_within_counts_are_shown_and_of_names_how_many():
    counts = {"leaks": 0, "statuses": {"200": 3, "409": {"late": 1}}, "wrong": {}, "tables_naked": ["a", "b"]}
    assert flat(counts) == [
        ("leaks", 0),
        ("statuses.200", 3),
        ("statuses.409.late", 1),
        ("wrong", 0),
        ("tables_naked", 2),
    ]
    assert "statuses.409.late 1" in page([LINE | {"counts": counts}])


def test_whoever_asked_first_for_room_gets_it_though_the_one_that_leaves_asks_at_once_again():
    room, came, inside, go_on = Room(1), [], Event(), Event()

    def stay(name: str) -> None:
        with room:
            came.append(name)
            inside.set()
            go_on.wait(10)

    def again() -> None:
        stay("first")
        stay("first again")

    threads = [Thread(target=again), Thread(target=stay, args=("second",)), Thread(target=stay, args=("third",))]
    for asked, thread in enumerate(threads):
        thread.start()
        assert inside.wait(10)
        while len(room.waiting) < asked:
            sleep(0.001)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert came == ["first", "second", "third", "first again"]
