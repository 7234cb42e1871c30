"""A city's self-check asks the same function as the portal; nothing is stored."""

import json
from datetime import date

import pytest

from certification import library
from certification.rules.assess import assess
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change

FACTS = {
    "revenue_y0": "5600.5", "revenue_y1": 5000, "rd_expense_y0": "420", "net_profit_y0": 300, "employees_y0": 120,
    "rd_staff_y0": 20, "total_assets_y0": 8000, "total_liabilities_y0": 3000,
}  # fmt: skip


@pytest.fixture
def city(system):
    return system("64/6401")


def test_the_answer_is_the_engines_own_word_for_word(city):
    before = (AuditEvent.objects.count(), Change.objects.count())
    body = {"on": "2026-06-01", "facts": FACTS}
    told = city.post("rulesets/T1-2022/evaluate", body)
    assert told.status_code == 200, told.content
    own = assess(library.published().rule_set("T1-2022"), FACTS, on=date(2026, 6, 1)).as_dict()
    assert told.json() == json.loads(json.dumps(own))
    assert (AuditEvent.objects.count(), Change.objects.count()) == before


def test_a_notice_of_the_year_changes_the_answer(city):
    body = {"on": "2025-06-01", "case_type": "renewal", "facts": FACTS}
    plain = city.post("rulesets/T3-2022/evaluate", body).json()
    waived = city.post("rulesets/T3-2022/evaluate", body | {"notices": ["2025-190"]}).json()
    assert plain["criteria"] != waived["criteria"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"facts": {"revenue_yO": 1}}, "/facts/revenue_yO"),
        ({"facts": {"revenue_y0": "many"}}, "/facts/revenue_y0"),
        ({"facts": {"employees_y0": 1.5}}, "/facts/employees_y0"),
        ({"facts": []}, "/facts"),
        ({"on": "2026-13-01"}, "/on"),
        ({"case_type": "other"}, "/case_type"),
        ({"notices": ["2031-1"]}, "/notices"),
        ({"extra": 1}, "/extra"),
    ],
)
def test_every_slip_is_shown_at_its_place(city, change, pointer):
    answer = city.post("rulesets/T1-2022/evaluate", {"on": "2026-06-01", "facts": FACTS} | change)
    assert answer.status_code in (400, 422)
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_a_standard_that_is_not_published_does_not_exist(city):
    assert city.post("rulesets/T9-2030/evaluate", {"on": "2026-06-01", "facts": {}}).status_code == 404
