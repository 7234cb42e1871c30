"""What the database itself refuses, whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from enterprises.models import Enterprise
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record
from foundation.idle import may_stand_idle
from foundation.regions.models import by_path, route_of
from tests.factories import make_enterprise


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


def test_every_table_of_cases_and_enterprises_is_behind_the_wall(sql):
    open_tables = sql(
        """SELECT relname FROM pg_class WHERE relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)
           AND (relname LIKE 'enterprises_%%' OR relname LIKE 'certification_%%') ORDER BY 1"""
    )
    public_by_intention = {
        "certification_announcement", "certification_call", "certification_certificate", "certification_confirmation",
        "certification_cohort", "certification_cycle", "certification_overlay",
        "certification_posting", "certification_postingitem", "certification_ruleset", "certification_sequence",
        "certification_round", "certification_target", "enterprises_membership", "certification_interpretation", "certification_savedview",
        "certification_stagelimit", "certification_stagetime", "certification_dayruling",
        "certification_continuationruling", "certification_restoration",
        "certification_extension", "certification_visitsample",
    }  # fmt: skip
    assert {name for (name,) in open_tables} == public_by_intention


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
