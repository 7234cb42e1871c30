"""What other systems learn of us, in an order that holds; and retries that do nothing twice."""

import pytest
from django.db import transaction

from enterprises.models import Membership
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.exchange.announce import announce, changes_since
from foundation.exchange.idempotency import answer_once, fingerprint
from foundation.exchange.models import ApiClient, Change, IdempotencyKey
from foundation.refusals import Refused
from tests.factories import make_enterprise, make_member


def system_of(path, name="示例系统", number="c1"):
    return Principal.of_client(ApiClient(name=name, client_id=number, reach=path), frozenset({"changes:read"}))


def committed(path="64/6401/640104", **more):
    return Change.objects.create(type="enterprise", public_id="x" * 16, region_path=path, at=clock.now(), **more)


def test_a_change_says_which_thing_where_and_what_of_it(house):
    firm = make_enterprise()
    change = announce("enterprise", firm, fields=["revenue_y0", "own_brand"])
    change.refresh_from_db()
    assert (change.type, change.op, change.changed_fields) == ("enterprise", "update", ["revenue_y0", "own_brand"])
    assert (change.public_id, change.credit_code, change.version) == (firm.public_id, firm.credit_code, 1)
    assert change.region_path == firm.region_path
    membership = Membership.objects.get(user=make_member(firm))
    assert announce("membership", membership, op="create").credit_code == firm.credit_code


def test_no_figure_and_no_name_leaves_with_a_change(house):
    """Readers learn that something changed and ask for it through the door that looks at their reach."""
    columns = {field.name for field in Change._meta.fields}
    assert columns == {
        "seq", "position", "type", "public_id", "credit_code", "region_path", "enterprise_id", "version", "op", "is_draft",
        "changed_fields", "at",
    }  # fmt: skip


def test_a_change_gets_its_place_when_it_is_first_read_and_keeps_it(house):
    one = committed()
    assert one.position is None
    rows, place = changes_since(system_of("64"), "", 10)
    assert (rows, place) == ([one], str(rows[0].position))
    two = committed()
    assert changes_since(system_of("64"), place, 10) == ([two], str(rows[0].position + 1))
    assert [row.position for row in changes_since(system_of("64"), "", 10)[0]] == [
        rows[0].position,
        rows[0].position + 1,
    ]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_reading_in_steps_of_any_size_gives_everything_once(house, limit):
    made = [committed() for _ in range(7)]
    found, place = [], ""
    while True:
        rows, following = changes_since(system_of("64"), place, limit)
        assert len(rows) <= limit
        if not rows:
            break
        found, place = found + rows, following
    assert found == made
    assert changes_since(system_of("64"), place, limit) == ([], place)


@pytest.mark.parametrize(
    ("reach", "seen"),
    [
        ("64", ["64", "64/6401", "64/6401/640104", "64/6402/640202", "64/ND"]),
        ("64/6401", ["64/6401", "64/6401/640104"]),
        ("64/6401/640104", ["64/6401/640104"]),
        ("64/640", []),
        ("64/6499", []),
    ],
)
def test_a_system_learns_what_lies_in_its_reach_and_nothing_else(house, reach, seen):
    for path in ("64", "64/6401", "64/6401/640104", "64/6402/640202", "64/ND"):
        committed(path)
    assert sorted(row.region_path for row in changes_since(system_of(reach), "", 10)[0]) == seen


def test_drafts_are_nobody_else_s_business(house):
    committed(is_draft=True)
    open_one = committed()
    assert changes_since(system_of("64"), "", 10)[0] == [open_one]


def test_a_member_and_a_visitor_have_no_feed(house):
    committed()
    firm = make_enterprise()
    for principal in (Principal.of_user(make_member(firm)), Principal.anonymous()):
        assert changes_since(principal, "", 10) == ([], "")


def test_what_did_not_happen_is_announced_to_nobody(house):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce("enterprise", make_enterprise())
        raise ZeroDivisionError
    assert Change.objects.count() == 0


class Counter:
    """An effect that can be seen: how often it happened."""

    def __init__(self, answer=(201, {"number": "一"})):
        self.times, self.answer = 0, answer

    def __call__(self):
        self.times += 1
        return self.answer


def test_the_same_request_sent_five_times_happens_once_and_is_answered_alike(house):
    effect, system = Counter(), system_of("64/6401")
    answers = [answer_once(system, "k1", fingerprint("a"), effect) for _ in range(5)]
    assert [replayed for _, replayed in answers] == [False, True, True, True, True]
    assert {status for (status, _), _ in answers} == {201}
    assert [body for (_, body), _ in answers] == [{"number": "一"}] * 5
    assert effect.times == 1


def test_the_same_key_for_something_else_is_refused_and_nothing_happens(house):
    effect, system = Counter(), system_of("64/6401")
    answer_once(system, "k1", fingerprint("a"), effect)
    with pytest.raises(Refused) as refusal:
        answer_once(system, "k1", fingerprint("b"), effect)
    assert (refusal.value.status, refusal.value.sentence, effect.times) == (
        422, "这个幂等键已用于另一个请求。请换一个新的键再发。", 1,
    )  # fmt: skip


def test_two_systems_may_use_the_same_key(house):
    effect = Counter()
    for number in ("c1", "c2"):
        assert answer_once(system_of("64/6401", number=number), "k1", fingerprint("a"), effect)[1] is False
    assert effect.times == 2


def test_a_refusal_leaves_the_key_free_for_a_better_request(house):
    system = system_of("64/6401")

    def refuse():
        raise Refused("stale", "已有更新的版本。")

    with pytest.raises(Refused), transaction.atomic():
        answer_once(system, "k1", fingerprint("a"), refuse)
    assert IdempotencyKey.objects.count() == 0
    assert answer_once(system, "k1", fingerprint("b"), Counter())[1] is False


def test_a_fingerprint_keeps_its_parts_apart():
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint("a", "") != fingerprint("a")
    assert fingerprint("甲") == fingerprint("甲".encode())


def test_a_client_stands_on_the_level_of_its_reach():
    levels = {path: ApiClient(reach=path).level for path in ("64", "64/6401", "64/6401/640104")}
    assert levels == {"64": "province", "64/6401": "city", "64/6401/640104": "county"}
    assert system_of("64/6401").reaches("64/6401/640104")
    assert not system_of("64/6401").reaches("64/6402")
