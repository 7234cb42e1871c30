"""Who is asking, what lies in sight, and which door opens: read anew at every request."""

from dataclasses import FrozenInstanceError
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.exception import convert_exception_to_response
from django.db import DataError, IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from enterprises.models import Enterprise, Membership
from foundation import clock
from foundation.accounts import limiter, limits
from foundation.accounts.doors import for_anyone_signed_in, for_member, for_official, for_role, public_page
from foundation.accounts.middleware import PrincipalMiddleware
from foundation.accounts.models import Post, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped, sight_of, system_scope
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing
from portal.refusal_pages import RefusalMiddleware
from tests.conftest import make_official
from tests.factories import make_enterprise, make_member

XINGQING = "64/6401/640104"


def who(user):
    return Principal.of_user(user)


def move_post(user, **days):
    """`since=-3`: begins three days ago; `until=0`: today is the last day."""
    today = clock.today()
    Post.objects.filter(user=user).update(**{name: today + timedelta(days=n) for name, n in days.items()})


# Who is asking


def test_an_official_is_known_by_post_office_level_and_reach(county):
    principal = who(county)
    assert (principal.kind, principal.name, principal.user_id) == ("official", "county", county.pk)
    assert (principal.office_path, principal.level, principal.reach) == (XINGQING, "county", (XINGQING,))
    assert principal.roles == {"reviewer"}
    assert principal.has_role("leader", "reviewer")
    assert not principal.has_role("leader")


@pytest.mark.parametrize(
    ("days", "holds"),
    [
        ({"since": 0}, True),
        ({"since": 1}, False),
        ({"since": -3, "until": 0}, True),
        ({"since": -3, "until": -1}, False),
        ({"since": 0, "until": 0}, True),
    ],
)
def test_a_post_holds_from_its_first_day_to_its_last(county, days, holds):
    move_post(county, **days)
    assert who(county).is_official is holds
    assert who(county).reach == ((XINGQING,) if holds else ())


def test_without_a_post_an_official_is_somebody_who_sees_nothing(county):
    make_enterprise(XINGQING)
    move_post(county, since=-3, until=-1)
    principal = who(county)
    assert (principal.kind, principal.reach, principal.enterprise_ids) == ("member", (), frozenset())
    with scoped(principal):
        assert Enterprise.objects.count() == 0


def test_roles_of_two_offices_are_never_added_together(house):
    """A leader here and a reviewer there is not a leader there."""
    user = make_official("two", XINGQING, "leader")
    make_official("other", "64/6402/640202", "reviewer")
    there = Post.objects.get(user__username="other").office
    Post.objects.create(user=user, office=there, role="reviewer", since="2024-01-01")
    principal = who(user)
    assert (principal.office_path, principal.roles) == ("64/6402/640202", {"reviewer"})
    assert not principal.reaches(XINGQING)


def test_an_official_is_never_an_applicant_as_well(county):
    firm = make_enterprise("64/ND")
    Membership.objects.create(
        user=county, enterprise=firm, region_path=firm.region_path, enterprise_name=firm.name, state="verified",
        requested_at=clock.now(),
    )  # fmt: skip
    principal = who(county)
    assert (principal.is_member, principal.enterprise_ids) == (False, frozenset())


@pytest.mark.parametrize(
    ("state", "sees"), [("pending", True), ("verified", True), ("refused", False), ("ended", False)]
)
def test_a_member_sees_the_enterprise_until_refused_or_ended(house, state, sees):
    firm = make_enterprise()
    assert who(make_member(firm, state=state)).enterprise_ids == ({firm.pk} if sees else frozenset())


def test_a_member_without_sight_sees_nothing(house):
    firm = make_enterprise()
    user = make_member(firm, state="pending")
    Membership.objects.filter(user=user).update(sees_data=False)
    assert who(user).enterprise_ids == frozenset()


def test_whoever_has_only_an_account_has_only_a_name(stranger):
    principal = who(stranger)
    assert (principal.kind, principal.name, principal.reach, principal.enterprise_ids, principal.roles) == (
        "member", "路人", (), frozenset(), frozenset(),
    )  # fmt: skip


def test_nobody_changes_who_is_asking_on_the_way(county):
    with pytest.raises(FrozenInstanceError):
        who(county).reach = ("64",)


def test_who_is_asking_costs_two_questions_at_most(county, stranger, django_assert_num_queries):
    with django_assert_num_queries(1):
        who(county)
    with django_assert_num_queries(2):
        who(stranger)


# What lies in sight


def test_sight_of_nobody_is_empty_and_of_the_house_is_the_region():
    assert sight_of(Principal.anonymous()) == ("", "", "{}", "", "anonymous:")
    assert sight_of(Principal.system("test")) == ("64", "640", "{}", "", "system:test")
    member = Principal(kind="member", name="甲", actor_id="jia", enterprise_ids=frozenset({7, 3}))
    assert sight_of(member) == ("", "", "{3,7}", "", "member:jia")


def test_sight_is_given_back_even_when_something_goes_wrong(house, county):
    make_enterprise("64/ND")
    with pytest.raises(ZeroDivisionError), scoped(who(county)):
        assert Enterprise.objects.count() == 0
        raise ZeroDivisionError
    assert Enterprise.objects.count() == 1


def test_what_the_database_refused_is_told_and_not_what_came_of_it(house, county):
    """A transaction that is broken takes no statement, so giving the sight back would only hide the reason."""
    with pytest.raises(DataError, match="division by zero"), transaction.atomic(), scoped(who(county)):
        with connection.cursor() as db:
            db.execute("SELECT 1 / 0")
    assert sight_of(house)[0] == "64" and Enterprise.objects.count() == 0


def test_sight_within_sight_narrows_and_comes_back(house, county, city):
    mine, beside = make_enterprise(XINGQING), make_enterprise("64/6401/640105")
    with scoped(who(city)):
        assert set(Enterprise.objects.all()) == {mine, beside}
        with scoped(who(county)):
            assert set(Enterprise.objects.all()) == {mine}
        assert set(Enterprise.objects.all()) == {mine, beside}


def test_nobody_writes_what_he_could_not_see(house, county):
    with pytest.raises(Exception, match="row-level security"), transaction.atomic(), scoped(who(county)):
        make_enterprise("64/6402/640202")
    with scoped(who(county)):
        make_enterprise(XINGQING)


def test_sight_outside_a_transaction_is_refused(monkeypatch, db):
    with monkeypatch.context() as outside, pytest.raises(RuntimeError):
        outside.setattr(transaction.get_connection(), "in_atomic_block", False)
        with scoped(Principal.system("test")):
            pass


def test_the_house_works_under_its_own_name(db):
    with system_scope("nightly") as principal:
        assert (principal.kind, principal.name, principal.actor_id) == ("system", "系统", "nightly")
        make_enterprise("64/ND")
    with scoped(Principal.anonymous()):
        assert Enterprise.objects.count() == 0


# Which door opens


def knock(door, principal, user=None, path="/desk/?page=2"):
    """What a view behind this door answers to this person; a Missing is told as one."""
    request = RequestFactory().get(path)
    request.principal, request.user = principal, user
    try:
        return door(lambda request: HttpResponse("open"))(request)
    except Missing:
        return "missing"


def opens(door, principal, user=None):
    answer = knock(door, principal, user)
    return answer != "missing" and answer.content == b"open"


@pytest.mark.parametrize("door", [for_official, for_member, for_anyone_signed_in, for_role("reviewer")])
def test_a_visitor_is_sent_to_sign_in_and_comes_back_to_the_same_page(door):
    answer = knock(door, Principal.anonymous())
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/desk/%3Fpage%3D2")


def test_each_door_opens_for_its_own_people_only(county, city, stranger, settings):
    settings.MFA_REQUIRED = False
    people = {"county": who(county), "city": who(city), "stranger": who(stranger)}
    doors = {
        "official": for_official,
        "member": for_member,
        "signed in": for_anyone_signed_in,
        "leader": for_role("leader"),
        "reviewer": for_role("reviewer"),
        "reviewer of a city": for_role("reviewer", levels=("city",)),
        "auditor": for_role("auditor"),
    }
    assert {name: [p for p, one in people.items() if opens(door, one)] for name, door in doors.items()} == {
        "official": ["county", "city"],
        "member": ["stranger"],
        "signed in": ["county", "city", "stranger"],
        "leader": ["city"],
        "reviewer": ["county", "city"],
        "reviewer of a city": ["city"],
        "auditor": [],
    }


def test_no_system_comes_in_through_a_person_s_door():
    system = Principal(kind="client", name="示例系统", reach=("64",), roles=frozenset({"reviewer"}))
    assert not any(opens(door, system) for door in (for_official, for_member, for_role("reviewer")))


def test_an_official_without_a_second_factor_is_sent_to_set_one_up_and_a_member_is_not(house, stranger, settings):
    settings.MFA_REQUIRED = True
    bare = make_official("bare", XINGQING, "reviewer", second_factor=False)
    answer = knock(for_official, who(bare), bare)
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))
    assert opens(for_member, who(stranger), stranger)
    full = make_official("full", XINGQING, "reviewer")
    assert opens(for_official, who(full), full)


def test_what_was_behind_a_door_is_not_kept_by_any_browser(stranger):
    assert knock(for_member, who(stranger))["Cache-Control"] == "no-store"


def test_a_view_may_say_itself_how_long_it_is_kept(stranger):
    request = RequestFactory().get("/")
    request.principal = who(stranger)
    view = for_member(lambda request: HttpResponse(headers={"Cache-Control": "private, max-age=60"}))
    assert view(request)["Cache-Control"] == "private, max-age=60"


def test_every_door_says_what_it_is():
    assert for_role("reviewer", "leader", levels=("city",))(knock).guard == "role:reviewer|leader@city"
    assert for_official(knock).guard == "official"
    assert for_member(knock).guard == "member"
    assert public_page(lambda request: None).guard == "public"


# A request


def look(client, firm, **headers):
    url = reverse("enterprises:enterprise", args=[firm.public_id])
    assert client.get(url, **headers).status_code == 200
    return AuditEvent.objects.filter(act="enterprise.view").order_by("-id").first()


def test_an_address_that_a_stranger_made_up_is_not_believed(signed_in, county, settings):
    client, firm = signed_in(county), make_enterprise(XINGQING)
    told = {"HTTP_X_REAL_IP": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "203.0.113.9", "REMOTE_ADDR": "192.0.2.1"}
    settings.TRUSTED_PROXY = False
    assert look(client, firm, **told).ip == "192.0.2.1"
    settings.TRUSTED_PROXY = True
    assert look(client, firm, **told).ip == "203.0.113.9"


def test_two_requests_have_two_numbers(signed_in, county):
    client, firm = signed_in(county), make_enterprise(XINGQING)
    numbers = {look(client, firm).request_id for _ in range(3)}
    assert len(numbers) == 3
    assert {len(number) for number in numbers} == {16}


def test_a_post_that_ends_closes_the_desk_with_the_next_click(signed_in, county):
    client, firm = signed_in(county), make_enterprise(XINGQING)
    url = reverse("enterprises:enterprise", args=[firm.public_id])
    assert client.get(url).status_code == 200
    move_post(county, since=-3, until=-1)
    assert client.get(url).status_code == 404


def test_an_account_that_is_closed_is_signed_out_with_the_next_click(signed_in, house):
    user = make_member(make_enterprise())
    client, url = signed_in(user), reverse("enterprises:facts")
    assert client.get(url).status_code == 200
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    answer = client.get(url)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/my/facts/")


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_a_session_left_alone_for_half_an_hour_ends(signed_in, house, settings, minutes, status):
    settings.IDLE_SECONDS = 30 * 60
    client, url = signed_in(make_member(make_enterprise())), reverse("enterprises:facts")
    assert client.get(url).status_code == 200
    session = client.session
    session["seen"] -= minutes * 60
    session.save()
    assert client.get(url).status_code == status
    assert client.get(url).status_code == status


def test_reading_on_keeps_a_session_alive(signed_in, house, settings):
    settings.IDLE_SECONDS = 30 * 60
    client, url = signed_in(make_member(make_enterprise())), reverse("enterprises:facts")
    client.get(url)
    for _ in range(3):
        session = client.session
        session["seen"] -= 20 * 60
        session.save()
        assert client.get(url).status_code == 200


def test_what_broke_leaves_nothing_behind(signed_in, county, monkeypatch):
    """The look is recorded before the page is made; when the page breaks, there was no look."""
    client, firm = signed_in(county), make_enterprise(XINGQING)
    client.raise_request_exception = False
    url = reverse("enterprises:enterprise", args=[firm.public_id])

    def broken(*args, **kwargs):
        raise ZeroDivisionError

    with monkeypatch.context() as page:
        page.setattr("enterprises.views.sheet.render", broken)
        assert client.get(url).status_code == 500
    assert AuditEvent.objects.filter(act="enterprise.view").count() == 0
    assert client.get(url).status_code == 200
    assert AuditEvent.objects.filter(act="enterprise.view").count() == 1


def test_a_row_that_went_away_before_the_commit_is_told_as_a_conflict(db):
    """Foreign keys are checked when the transaction ends, outside every view; the chain is built as Django builds it."""

    def ends_badly(request):
        raise IntegrityError("insert or update violates foreign key constraint")

    chain = RefusalMiddleware(convert_exception_to_response(PrincipalMiddleware(ends_badly)))
    request = RequestFactory().post("/my/facts/figures/")
    request.user = AnonymousUser()
    answer = chain(request)
    assert answer.status_code == 409
    assert "您办理的同时，这件事被别人改动了。内容没有生效，请刷新后再试。" in answer.content.decode()


def test_signing_in_is_on_record_and_a_failed_try_is_a_log_line_without_the_name(house, client, caplog):

    user = User.objects.create_user("zhao-login", "zhao-login@example.org", "A-long-phrase-4-zhao", name="赵登录")
    with caplog.at_level("WARNING", "tianti.signing_in"):
        client.post("/accounts/login/", {"login": "zhao-login", "password": "wrong-password-here"})
    assert len(caplog.messages) == 1
    assert "zhao" not in caplog.messages[0]
    client.post("/accounts/login/", {"login": "zhao-login", "password": "A-long-phrase-4-zhao"})
    event = AuditEvent.objects.get(act="user.login", object_id=user.public_id)
    assert (event.sentence, event.ip) == ("赵登录登录", "127.0.0.1")


def told_by(address, **form):
    request = RequestFactory().post("/oauth/token", form, REMOTE_ADDR=address)
    return [(limit.name, whose) for limit, whose in limits.counted(request)]


def test_whoever_knows_a_client_s_id_uses_up_tries_of_the_own_address_only(db):
    pair, address = limits.TOKEN_PAIR, told_by("192.0.2.7", client_id="city")
    assert address == [("token", "city@192.0.2.7"), ("token-address", "192.0.2.7")]
    for _ in range(pair.tries + 1):
        stranger = limiter.take(pair, "city@192.0.2.7")
    assert stranger
    assert not limiter.take(pair, "city@198.51.100.1")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("192.0.2.7", "192.0.2.7"),
        ("unix:/run/x", "local"),
    ],
)
def test_a_subscriber_with_a_whole_network_of_addresses_is_one(address, place):
    assert told_by(address, client_id="city")[1] == ("token-address", place)
