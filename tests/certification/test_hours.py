"""Hours that are due at once, as after an outage: one of them does it for all, and none is set aside for it."""

import pytest
from django.db import connections

from certification.tasks import HOUR
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue, perform


@pytest.fixture
def another_hour(db):
    """A second connection in the middle of such an hour."""
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [f"tianti {HOUR}"])
    yield other
    other.close()


def test_an_hour_that_finds_another_one_at_work_leaves_it_to_that_one(house, another_hour):
    late, later = enqueue(HOUR, "2026-03-02T10"), enqueue(HOUR, "2026-03-02T11")
    assert perform(late.pk) == "done"
    another_hour.close()
    assert perform(later.pk) == "done"
    told = [WorkItem.objects.get(pk=item.pk).result for item in (late, later)]
    assert told[0] == {"left_to_another": True} and told[1]["postings"] == 0
