"""The ledger does every item once, whatever the doorbell does."""

from datetime import timedelta

import pytest

from foundation import clock
from foundation.ledger import work
from foundation.ledger.models import WorkItem, WorkState

DONE: list[str] = []


@pytest.fixture(autouse=True)
def handlers():
    DONE.clear()
    work.HANDLERS["test.note"] = lambda item: DONE.append(item.key)  # type: ignore[assignment, func-returns-value]

    def fail(item):
        raise ValueError("no such enterprise")

    work.HANDLERS["test.fail"] = fail
    yield
    del work.HANDLERS["test.note"], work.HANDLERS["test.fail"]


def test_the_same_work_asked_twice_is_one_item(house):
    first, second = work.enqueue("test.note", "a"), work.enqueue("test.note", "a")
    assert first == second


def test_ten_knocks_have_one_effect(house):
    item = work.enqueue("test.note", "a")
    assert [work.perform(item.pk) for _ in range(10)] == ["done"] + ["nothing"] * 9
    assert DONE == ["a"]


def test_work_that_fails_three_times_is_put_aside_with_its_reason_and_can_be_tried_again(house):
    item = work.enqueue("test.fail", "a")
    assert [work.perform(item.pk) for _ in range(4)] == ["failed", "failed", "quarantined", "nothing"]
    item.refresh_from_db()
    assert (item.state, item.last_error) == (WorkState.QUARANTINED, "ValueError: no such enterprise")
    assert work.retry(item.pk) is True
    assert WorkItem.objects.get(pk=item.pk).state == WorkState.TODO


def test_work_that_killed_its_worker_three_times_is_put_aside(house):
    item = work.enqueue("test.note", "a")
    WorkItem.objects.filter(pk=item.pk).update(attempts=work.MAX_ATTEMPTS)
    assert work.perform(item.pk) == "quarantined"
    assert DONE == []


class Killed(BaseException):
    """The process is gone in the middle: nothing after it runs, nothing is written."""


def killed_at(pk, monkeypatch, house_of="this"):
    """One attempt that a kill ends, by a worker that `house_of` started; afterwards nobody has tried it for a while."""
    monkeypatch.setattr(work, "HOUSE", house_of)

    def die(item):
        raise Killed

    monkeypatch.setitem(work.HANDLERS, "test.note", die)
    try:
        return work.perform(pk)
    except Killed:
        long_ago = clock.now() - work.REST - timedelta(seconds=1)
        WorkItem.objects.filter(pk=pk).update(tried_at=long_ago)
        return "killed"


def test_work_that_was_only_near_when_whole_workers_were_killed_is_not_blamed(house, monkeypatch):
    item = work.enqueue("test.note", "a")
    assert [killed_at(item.pk, monkeypatch, f"worker {n}") for n in range(6)] == ["killed"] * 6
    monkeypatch.setattr(work, "HOUSE", "worker 7")
    monkeypatch.setitem(work.HANDLERS, "test.note", lambda item: DONE.append(item.key))
    assert (work.perform(item.pk), DONE) == ("done", ["a"])
    item.refresh_from_db()
    assert (item.attempts, item.breaks) == (1, 6)


def test_work_that_killed_three_children_of_one_worker_is_put_aside(house, monkeypatch):
    item = work.enqueue("test.note", "a")
    assert [killed_at(item.pk, monkeypatch) for _ in range(4)] == ["killed"] * 3 + ["quarantined"]
    item.refresh_from_db()
    assert (item.attempts, item.breaks, item.last_error) == (3, 0, "处理中断，未留下错误信息")


def test_work_that_was_near_ten_dead_workers_is_put_aside_so_that_nothing_restarts_for_ever(house, monkeypatch):
    item = work.enqueue("test.note", "a")
    told = [killed_at(item.pk, monkeypatch, f"worker {n}") for n in range(work.MAX_BREAKS + 1)]
    assert told == ["killed"] * work.MAX_BREAKS + ["quarantined"]
    assert work.retry(item.pk) is True
    item.refresh_from_db()
    assert (item.attempts, item.breaks, item.state) == (0, 0, WorkState.TODO)


def test_the_sweeper_calls_each_item_once_until_it_is_quiet_again(house):
    items = [work.enqueue("test.note", str(n)).pk for n in range(3)]
    assert work.waiting() == items
    assert work.waiting() == []


def test_work_that_is_not_due_waits(house):
    from datetime import timedelta

    from foundation import clock

    item = work.enqueue("test.note", "later", due_at=clock.now() + timedelta(hours=1))
    assert work.perform(item.pk) == "nothing"
    assert work.waiting() == []
