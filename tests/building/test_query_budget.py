"""A list costs the same number of questions with one row and with three, and no page asks more than it should."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification.models import Application, Certificate, Finding
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from tests.building.addresses import addresses

MOST = 40
"""No page of the demo world asks more than this; most ask fewer than fifteen."""

LISTS = {
    "/desk/cases/?view=all": ("sheng-shenhe", Application.objects.exclude(submitted_at=None)),
    "/desk/titles/": ("sheng-shenhe", Certificate.objects.all()),
    "/register/": ("", Certificate.objects.all()),
    "/desk/rereviews/": ("sheng-shenhe", Finding.objects.all()),
}


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


def questions(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    return answer, len(asked)


@pytest.mark.parametrize("url", LISTS)
def test_one_row_and_three_rows_cost_the_same(house, world, url, monkeypatch):
    who, rows = LISTS[url]
    assert rows.count() > 3
    client = world.signed_in(who)
    counts = []
    for size in (1, 3):
        for module in (
            "certification.views.worklist",
            "certification.views.titles",
            "portal.public.views",
            "certification.views.rereview",
        ):
            monkeypatch.setattr(f"{module}.PAGE", size, raising=True)
        counts.append(questions(client, url)[1])
    assert counts[0] == counts[1], counts


@pytest.mark.parametrize("who", ["", "qiye-zhang", "xingqing", "yinchuan", "sheng-chuzhang", "sheng-guanli"])
def test_no_page_asks_more_than_its_budget(house, world, who):
    client = world.signed_in(who)
    over = {}
    for address in addresses():
        if address.guard and "<" not in address.route and not address.route.endswith((".xlsx", ".pdf")):
            answer, asked = questions(client, "/" + address.route)
            if answer.status_code == 200 and asked > MOST:
                over[address.route] = asked
    assert over == {}
