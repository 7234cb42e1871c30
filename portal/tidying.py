"""When Python looks for cycles among what is no longer used: seldom, and never among what a process keeps to its end.

A started portal holds about a million objects, and a page makes some ten thousand that are freed by counting. With the
interpreter's own settings every seven hundred of them start a search; an eighth of a request went into that, and a fifth
of every start.
"""

import gc

ALLOCATED = 50_000
"""Objects made and not yet freed before the youngest are searched: a few megabytes at the most."""
YOUNG, MIDDLE = 10, 5
"""A workbook of a large export is one great cycle: it is gone after two and a half million objects more, not fifty."""


def search_seldom() -> None:
    """Before anything is loaded."""
    gc.set_threshold(ALLOCATED, YOUNG, MIDDLE)


def keep_what_is_loaded() -> None:
    """Once everything is loaded and, in a tier that forks, before it forks: pages nobody writes to stay shared."""
    gc.freeze()
