"""Pages about one thing: each is opened where most hangs on the thing, and asks no question once per row.

Addresses come from the URL conf and the things from the matrix, so a new page is budgeted the day it is there.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification.models import Application, Certificate
from enterprises.models import Enterprise
from enterprises.views import sheet
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from tests.building.addresses import Address, addresses
from tests.building.questions import repeated, richest, shape
from tests.chaos.crowd import admits
from tests.chaos.kinds import KINDS
from tests.chaos.matrix import Stage

TWICE = 2
"""A page may ask the same twice: before and after, ours and theirs. What is asked for the third time is asked per row."""
PER_PAGE = (
    ('"certification_ruleset"."content_hash"', 10, "whether the compiled rules are still those of the database: per use, never per case"),
    ('SELECT "certification_submission"."number"', 3, "the newest version of the one case: worksheet, override, offices below"),
)  # fmt: skip
"""Asked again on purpose, and how often at most; what grows with rows does not belong here."""
MOST = 45
WIDE = {
    "desk/cases/<str:public_id>/": 100, "desk/enterprises/<str:public_id>/": 70, "my/applications/<str:public_id>/sign/": 66,
}  # fmt: skip
"""Pages that show everything that is known of a case or a firm."""
ELSEWHERE = {
    "my/link/<str:public_id>/platform/": "asks the platform that only the demonstration has: tests/enterprises/test_verify.py"
}
FEW = 4


@pytest.fixture
def stage(db, world):
    with scoped(Principal.system("test")):
        yield Stage()


def things(stage: Stage, address: Address) -> list[str]:
    """Those of the matrix, after those of their kind on which most hangs."""
    kind = next((kind for prefix, kind in KINDS if address.route.startswith(prefix)), "")
    pool = stage.pool.get(kind, [])
    known = stage.__dict__.setdefault("richest", {})
    if kind not in known:
        known[kind] = richest(pool, FEW)
    return list(dict.fromkeys([*known[kind], *pool]))[: FEW + 6]


def opened(stage: Stage, address: Address):
    """[(url, questions)] of every thing that somebody may see here; None where the address takes forms only.

    What asked too much is asked a second time, when what a process remembers is there: that counts.
    """
    found = []
    for url in stage.urls(address, things(stage, address)):
        for who in (one for one in stage.people if admits(address, one.principal)):
            status, queries = questions(stage, who, url, address)
            if status == 405:
                return None
            if status == 200:
                again = asked_per_row(queries) or len(queries) > most_of(address)
                found.append((url, questions(stage, who, url, address)[1] if again else queries))
                break
    return found


def questions(stage: Stage, who, url: str, address: Address):
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as asked:
        status = stage.ask(who, "GET", url, address).status
    return status, asked.captured_queries


def most_of(address: Address) -> int:
    return WIDE.get(address.route, MOST)


def asked_per_row(queries):
    """Shapes that were asked too often, those left out that are asked again on purpose and within their number."""
    return {
        text: count
        for text, count in repeated(queries, TWICE).items()
        if not any(part in text and count <= most for part, most, _ in PER_PAGE)
    }


def test_no_page_about_one_thing_asks_once_per_row_or_more_than_its_budget(stage):
    closed, per_row, over = set(), {}, {}
    for address in addresses():
        if "<" not in address.route or address.is_api or not address.guard:
            continue
        pages = opened(stage, address)
        if pages == []:
            closed.add(address.route)
        for url, queries in pages or []:
            if again := asked_per_row(queries):
                per_row[url] = {text[:200]: count for text, count in again.items()}
            if len(queries) > most_of(address):
                over[url] = len(queries)
    assert (per_row, over) == ({}, {})
    assert closed == set(ELSEWHERE), "a page that nobody could open is a hole in the budget"


def test_a_question_per_line_is_noticed(stage, monkeypatch):
    """Planted: the sheet of a firm asks the database once more for each of its lines."""
    told = sheet.lines

    def asks_per_line(names, facts):
        made = told(names, facts)
        for line in made:
            Enterprise.objects.filter(name=line.label).exists()
        return made

    monkeypatch.setattr(sheet, "lines", asks_per_line)
    address = next(one for one in addresses() if one.name == "enterprises:enterprise")
    pages = opened(stage, address)
    assert pages and all(
        any('FROM "enterprises_enterprise"' in text and count > 10 for text, count in asked_per_row(queries).items())
        for _, queries in pages
    )


def test_the_things_on_which_most_hangs_are_asked_first(stage):
    """Else a page whose rows are few in the matrix would look innocent."""
    case = richest(list(Application.objects.values_list("public_id", flat=True)[:1]), 1)
    most = Application.objects.get(public_id=case[0])
    assert most.submissions.count() + most.opinions.count() + most.verdicts.count() > 3
    assert richest(list(Certificate.objects.values_list("number", flat=True)[:1]), 2) != []


def test_two_rows_ask_the_same_question_and_two_questions_do_not_look_alike():
    one = shape('SELECT "a"."id" FROM "a" WHERE ("a"."x" = \'o\'\'clock\' AND "a"."id" IN (1, 2, 3)) LIMIT 21')
    other = shape('SELECT "a"."id" FROM "a" WHERE ("a"."x" = \'noon\' AND "a"."id" IN (7)) LIMIT 1')
    assert one == other
    assert shape('SELECT "a"."x" FROM "a" WHERE "a"."id" = 1') != shape('SELECT "a"."y" FROM "a" WHERE "a"."id" = 1')
