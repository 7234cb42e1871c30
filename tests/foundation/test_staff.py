"""An office's administrator adds, moves and retires its own people, and nobody else's."""

import re
from datetime import date

import pytest
from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory

from foundation import clock
from foundation.accounts.models import Office, Post, User
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from foundation.staff import posts as staff
from tests.conftest import PASSWORD, make_official, show_factor

XINGQING, JINFENG, YINCHUAN = "64/6401/640104", "64/6401/640106", "64/6401"


@pytest.fixture
def admin(house):
    return make_official("xq-admin", XINGQING, "admin", "reviewer")


@pytest.fixture
def office(admin):
    return Office.objects.get(body_id=XINGQING)


def who(user):
    return Principal.of_user(user)


def add(admin, office, **given):
    told = {"username": "zhao", "name": "赵新来", "email": "zhao@example.org", "office": office, "roles": ["reviewer"]}
    return staff.add(**(told | given), actor=who(admin))


def plain(answer):
    """The page without its one-time form token."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)


def sentences(act):
    return list(AuditEvent.objects.filter(act=act).order_by("id").values_list("sentence", flat=True))


def test_a_new_colleague_has_a_post_today_and_no_password(admin, office):
    zhao = add(admin, office)
    assert not zhao.has_usable_password()
    principal = who(zhao)
    assert (principal.is_official, principal.roles, principal.reach) == (True, {"reviewer"}, (XINGQING,))
    assert sentences("post.add") == ["xq-admin为赵新来设立岗位：审核岗"]


def test_the_link_sets_a_password_once(admin, office):
    zhao = add(admin, office)
    link = staff.first_sign_in(zhao)
    page = Client()
    form = page.get(link, follow=True)
    done = page.post(
        form.request["PATH_INFO"], {"password1": "A-long-phrase-4-zhao", "password2": "A-long-phrase-4-zhao"}
    )
    assert done.status_code == 302
    zhao.refresh_from_db()
    assert zhao.check_password("A-long-phrase-4-zhao")
    again = Client().get(link, follow=True)
    assert "password1" not in again.content.decode()


def test_every_slip_is_told_at_its_field_and_nobody_is_made(admin, office):
    before = User.objects.count()
    with pytest.raises(Refused) as told:
        add(admin, office, username="XQ-ADMIN", name=" ", email="not an address", roles=["auditor", "reviewer"])
    assert [p.field for p in told.value.problems] == ["roles", "username", "name", "email"]
    assert User.objects.count() == before


def test_reviewing_and_auditing_are_never_one_person(admin, office):
    zhao = add(admin, office)
    with pytest.raises(Refused, match="审计员要与办理人员分开"):
        staff.change_roles(zhao, office, ["auditor", "reviewer"], actor=who(admin))
    assert who(zhao).roles == {"reviewer"}


def test_other_roles_count_from_the_next_request_and_the_old_post_stays_on_record(admin, office):
    zhao = add(admin, office)
    staff.change_roles(zhao, office, ["leader"], actor=who(admin))
    assert who(zhao).roles == {"leader"}
    assert sorted(Post.objects.filter(user=zhao).values_list("role", "until")) == [
        ("leader", None), ("reviewer", clock.yesterday()),
    ]  # fmt: skip
    assert sentences("post.end") == ["xq-admin结束了赵新来的岗位：审核岗"]


def test_a_retired_person_is_out_at_once_and_everywhere(admin, office, client):
    zhao = add(admin, office)
    zhao.set_password(PASSWORD)
    zhao.save()
    client.force_login(zhao)
    assert client.get("/desk/").status_code in (200, 302)
    assert Session.objects.count() == 1
    staff.retire(zhao, actor=who(admin))
    zhao.refresh_from_db()
    assert (zhao.is_active, Session.objects.count()) == (False, 0)
    assert client.get("/desk/").status_code == 302


def test_the_last_administrator_cannot_leave(admin, office):
    with pytest.raises(Refused, match="唯一的管理员"):
        staff.retire(admin, actor=who(admin))
    add(admin, office, roles=["admin"])
    staff.retire(admin, actor=who(admin))
    assert not who(admin).is_official


def test_a_city_sets_only_administrators_in_its_counties(admin, office):
    city = make_official("yc-admin", YINCHUAN, "admin")
    with pytest.raises(Refused) as told:
        add(city, office)
    assert [p.message for p in told.value.problems] == ["下级单位只能设单位管理员，其他岗位由该单位自己的管理员设"]
    assert who(add(city, office, roles=["admin"])).reach == (XINGQING,)


def test_a_move_ends_here_and_begins_there(admin, office):
    city = make_official("yc-admin", YINCHUAN, "admin")
    here = Office.objects.get(body_id=YINCHUAN)
    zhou = add(city, here, username="zhou", name="周", roles=["reviewer"])
    staff.transfer(zhou, here, office, ["admin"], actor=who(city))
    assert (who(zhou).reach, who(zhou).roles) == ((XINGQING,), {"admin"})


def test_another_countys_people_do_not_exist(admin, office, signed_in):
    other = make_official("jf-admin", JINFENG, "admin", "reviewer")
    page = signed_in(admin)
    foreign = page.get(f"/accounts/people/{other.public_id}/")
    missing = page.get("/accounts/people/nobody-at-all/")
    assert (foreign.status_code, plain(foreign)) == (404, plain(missing))
    with pytest.raises(Missing):
        staff.add(
            username="x12",
            name="x",
            email="",
            office=Office.objects.get(body_id=JINFENG),
            roles=["admin"],
            actor=who(admin),
        )


def test_a_reviewer_has_no_such_page(county, signed_in):
    assert signed_in(county).get("/accounts/people/").status_code == 404


def test_the_page_adds_a_person_and_shows_the_link_once(admin, office, signed_in):
    page = signed_in(admin)
    given = {"username": "zhao", "name": "赵新来", "email": "", "office": office.public_id, "roles": ["reviewer"]}
    answer = page.post("/accounts/people/", given)
    assert answer.status_code == 200 and "一次性链接" in answer.content.decode()
    assert "/accounts/password/reset/key/" in answer.content.decode()
    assert "赵新来" in page.get("/accounts/people/").content.decode()


def test_a_refused_person_stays_typed(admin, office, signed_in):
    given = {"username": "zh", "name": "赵新来", "office": office.public_id, "roles": []}
    answer = signed_in(admin).post("/accounts/people/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="赵新来"' in page and "用户名为 3 至 60 个字" in page and "请至少选择一个岗位" in page


def test_an_official_without_a_second_factor_is_sent_to_set_one_up(house, signed_in):
    bare = make_official("bare", XINGQING, "reviewer", second_factor=False)
    answer = signed_in(bare).get("/desk/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/2fa/totp/activate/")


def test_a_session_left_alone_ends(admin, signed_in, settings):
    page = signed_in(admin)
    assert page.get("/desk/").status_code == 200
    session = page.session
    session["seen"] -= settings.IDLE_SECONDS + 1
    session.save()
    assert page.get("/desk/").status_code == 302


def test_a_link_is_recorded_and_the_person_is_told(admin, office, signed_in):
    zhao = add(admin, office)
    page = signed_in(admin).post(f"/accounts/people/{zhao.public_id}/link/")
    assert page.status_code == 200
    assert sentences("user.link") == ["xq-admin为赵新来生成了一次性登录链接"]
    assert [m.subject for m in Message.objects.filter(recipient=zhao)] == ["单位管理员为您生成了登录链接"]


@pytest.mark.parametrize("role", ["auditor", "system"])
def test_an_administrator_does_not_make_a_way_into_the_account_of_another_power(admin, office, role):
    watcher = add(admin, office, username="watcher", roles=[role])
    assert staff.give_link(watcher, actor=who(admin)), "one who never had a password gets the first link again"
    watcher.set_password(PASSWORD)
    watcher.save()
    with pytest.raises(Refused, match="不由单位管理员生成"):
        staff.give_link(watcher, actor=who(admin))
    assert len(sentences("user.link")) == 1


def test_the_operator_makes_a_link_for_a_watcher_and_it_is_on_record(admin, office, capsys):
    watcher = add(admin, office, username="watcher", roles=["auditor"])
    call_command("sign_in_link", "watcher")
    assert "/accounts/password/reset/key/" in capsys.readouterr().out
    assert sentences("user.link") == [f"系统为{watcher}生成了一次性登录链接"]


def test_what_a_person_changes_about_the_own_way_in_is_on_record(admin, office):
    zhao = add(admin, office)
    page = Client()
    form = page.get(staff.first_sign_in(zhao), follow=True)
    new = {"password1": "A-long-phrase-4-zhao", "password2": "A-long-phrase-4-zhao"}
    page.post(form.request["PATH_INFO"], new)
    assert sentences("user.password_reset") == ["赵新来凭一次性链接设置了密码"]
    zhao.refresh_from_db()
    request = RequestFactory().get("/")
    request.user, request.session = zhao, SessionStore()
    request.session.create()
    password_changed.send(sender=User, request=request, user=zhao)
    factor = Authenticator(user=zhao, type="totp")
    for signal in (authenticator_added, authenticator_reset, authenticator_removed):
        signal.send(sender=Authenticator, request=request, user=zhao, authenticator=factor)
    told = [sentences(f"user.{act}") for act in ("password", "factor_add", "factor_renew", "factor_remove")]
    assert told == [
        ["赵新来修改了自己的密码"],
        ["赵新来启用了登录验证方式：验证器动态码"],
        ["赵新来重新生成了登录验证方式：验证器动态码"],
        ["赵新来停用了登录验证方式：验证器动态码"],
    ]


def test_ending_the_sessions_on_other_devices_is_on_record(admin):
    here, there = Client(), Client()
    for browser in (here, there):
        browser.force_login(admin, backend=settings.AUTHENTICATION_BACKENDS[0])
        show_factor(browser, admin)
        browser.get("/accounts/sessions/")
    here.post("/accounts/sessions/")
    assert sentences("user.sessions_end") == ["xq-admin结束了自己在其他设备上的 1 个登录"]


def test_two_powers_never_overlap_even_when_one_of_them_ends_on_a_known_day(admin, office):
    zhao, day = add(admin, office), date(2026, 1, 1)
    Post.objects.create(user=zhao, office=office, role="admin", since=day, until=date(2026, 6, 30))
    with pytest.raises(IntegrityError, match="three_powers_never_overlap"), transaction.atomic():
        Post.objects.create(user=zhao, office=office, role="auditor", since=date(2026, 6, 30))
    Post.objects.create(user=zhao, office=office, role="auditor", since=date(2026, 7, 1))
    slip = {"role": "system", "since": date(2026, 8, 2), "until": date(2026, 8, 1)}
    Post.objects.create(user=zhao, office=office, **slip)
