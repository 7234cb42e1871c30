"""What the database itself refuses, whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from certification.models import Posting, PostingItem
from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record
from foundation.idle import may_stand_idle
from foundation.regions.models import by_path, route_of
from tests.certification.titled import filed
from tests.factories import make_enterprise
from tests.foundation.open_tables import WITHOUT


def test_the_application_role_cannot_step_round_row_level_security(sql):
    assert sql("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [(False, False)]


def test_a_county_sees_its_own_enterprises_even_in_a_query_that_forgot_to_ask(house, county, other_county):
    mine, theirs = make_enterprise("64/6401/640104"), make_enterprise("64/6402/640202")
    with scoped(Principal.of_user(county)):
        assert set(Enterprise.objects.all()) == {mine}
    with scoped(Principal.of_user(other_county)):
        assert set(Enterprise.objects.all()) == {theirs}


def test_nobody_sees_anything_where_no_sight_was_set(house):
    make_enterprise("64/6401/640104")
    with scoped(Principal.anonymous()):
        assert list(Enterprise.objects.all()) == []
    assert Enterprise.objects.count() == 1


def test_the_record_can_be_added_to_and_nothing_else(house):
    event = record("enterprise.register", make_enterprise("64/ND"), actor=house)
    for change in (lambda: event.delete(), lambda: event.save()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert type(event).objects.get(pk=event.pk).sentence == event.sentence


def test_a_record_outside_the_transaction_of_its_change_is_refused(monkeypatch, house):
    enterprise = make_enterprise("64/ND")
    with monkeypatch.context() as outside, pytest.raises(RuntimeError):
        outside.setattr(transaction.get_connection(), "in_atomic_block", False)
        record("enterprise.register", enterprise, actor=house)


def test_ningdong_goes_straight_to_the_province_and_the_zone_of_yinchuan_through_its_city(house):
    assert [b.short_name for b in route_of("64/ND")] == ["宁东", "自治区"]
    assert [b.short_name for b in route_of("64/6401/JK")] == ["银川经开区", "银川市", "自治区"]
    assert [b.short_name for b in route_of("64/6401/640104")] == ["兴庆区", "银川市", "自治区"]
    assert by_path("64/6401").gb_code == "640100"


def catalogue(sql):
    """Every table there is: whether rows are hidden from whoever must not see them, the owner included."""
    rows = sql("SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
               " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace")  # fmt: skip
    return dict(rows)


def silent(tables):
    """Tables that say neither."""
    return {name for name, walled in tables.items() if not walled and name not in WITHOUT}


def test_every_table_has_policies_or_says_why_it_has_none(sql):
    tables = catalogue(sql)
    assert len(tables) > 100
    assert silent(tables) == set()
    assert {name for name in WITHOUT if name not in tables} == set(), "gone: take the reason away too"
    assert {name for name in WITHOUT if tables[name]} == set(), "walled by now: take the reason away"
    assert all(len(reason) > 15 for reason in WITHOUT.values())


def test_a_new_table_that_says_nothing_is_noticed(sql):
    sql("CREATE TABLE certification_newcomer (id bigint, enterprise_id bigint)")
    assert silent(catalogue(sql)) == {"certification_newcomer"}


def test_a_wall_without_policies_or_with_one_that_lets_everything_through_is_none(sql):
    rules = sql("SELECT tablename, coalesce(qual, with_check) FROM pg_policies WHERE schemaname = 'public'")
    assert {name for name, walled in catalogue(sql).items() if walled} == {name for name, _ in rules}
    assert [name for name, rule in rules if (rule or "true").strip("()").lower() == "true"] == []


def test_who_is_on_a_list_that_is_not_posted_yet_is_seen_by_its_office_alone(house, province, city, county):
    firm = make_enterprise("64/6401/640104")
    application = filed(firm, "province_review")
    row = Posting.objects.create(call=application.call, level="province", region_path="64", office_name="示例厅", title="示例名单",
                                 state="draft")  # fmt: skip
    PostingItem.objects.create(
        posting=row, application=application, place=1, enterprise_name=firm.name, credit_code=firm.credit_code
    )

    def seen_by(principal):
        with scoped(principal):
            return PostingItem.objects.count()

    people = [Principal.of_user(user) for user in (province, city, county)] + [Principal.anonymous()]
    assert [seen_by(who) for who in people] == [1, 0, 0, 0]
    Posting.objects.filter(pk=row.pk).update(starts_on=clock.today())
    assert [seen_by(who) for who in people] == [1, 1, 1, 1]


def test_the_clock_is_in_the_office_s_time_zone(house):
    assert str(clock.now().tzinfo) == "Asia/Shanghai"


def test_a_transaction_that_waits_for_something_outside_may_stand_idle_longer_and_no_other_may(sql):
    def allowed():
        return sql("SHOW idle_in_transaction_session_timeout")[0][0]

    assert allowed() == "15s"
    with transaction.atomic():
        may_stand_idle(40)
        assert allowed() == "40s"
        transaction.set_rollback(True)
    assert allowed() == "15s"
