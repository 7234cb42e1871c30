"""The drills start with the session and are asked last (tests/conftest.py), so that their waiting costs little time."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.yard import YARD, Yard


def wants_a_drill(item: pytest.Item) -> bool:
    return "yard" in getattr(item, "fixturenames", ())


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Iterator[None]:
    """Before the first test: every drill that this session will ask for is put on its way."""
    wanted = [item.callspec.params for item in session.items if wants_a_drill(item)]
    if not wanted or session.config.option.collectonly:
        return (yield)
    with tempfile.TemporaryDirectory(prefix="drills") as folder:
        made = Yard(Path(folder))
        made.start([(params["row"], params["plant"]) for params in wanted])
        session.config.stash[YARD] = made
        try:
            return (yield)
        finally:
            made.end()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """How long each drill took: they run beside the tests, so that no test's own duration tells it."""
    made = config.stash.get(YARD, None)
    if made is None or config.option.durations is None:
        return
    terminalreporter.section("drills, slowest first")
    for (row, plant), seconds in sorted(made.took.items(), key=lambda one: -one[1]):
        used = made.used.get((row, plant), 0.0)
        terminalreporter.write_line(f"{seconds:7.1f}s, {used:6.1f}s of a processor: {row} {plant}")
