"""Whoever types a credit code is nobody yet: may draft for a new enterprise, sees nothing of a known one."""

from contextlib import contextmanager
from threading import Timer

import pytest
from django.db import connections
from django.urls import reverse

from certification.permissions import is_verified_applicant
from enterprises.credit_code import make_code, whole_check
from enterprises.models import Enterprise, Membership
from enterprises.permissions import is_verified, may_edit
from enterprises.queries import visible_to
from enterprises.report import report
from enterprises.verify import verify_by_platform
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.exchange.models import Change
from tests.factories import make_enterprise, make_member

GOOD = {
    "code": make_code("640104", 900001), "name": "宁夏示例精密轴承有限公司", "region_path": "64/6401/640104",
    "person": "张会计", "phone": "0951-0000000", "email": "zhang@example.org", "username": "zhangkuaiji",
    "password": "tian-ti-lou-shang", "again": "tian-ti-lou-shang", "terms": "on",
}  # fmt: skip


def body(response):
    return response.content.decode()


@pytest.fixture
def register(client, house):
    def send(**changes):
        return client.post(reverse("enterprises:register"), GOOD | changes)

    return send


def test_a_new_enterprise_is_registered_with_a_pending_owner_who_may_draft(register):
    answer = register()
    assert (answer.status_code, answer["Location"]) == (302, reverse("enterprises:link"))
    membership = Membership.objects.get()
    assert (membership.role, membership.state, membership.sees_data) == ("owner", "pending", True)
    person = Principal.of_user(User.objects.get(username="zhangkuaiji"))
    enterprise = Enterprise.objects.get()
    assert (may_edit(person, enterprise.pk), is_verified(person, enterprise.pk)) == (True, False)
    assert [e.act for e in AuditEvent.objects.order_by("id")] == ["enterprise.register", "membership.request"]
    assert list(Change.objects.values_list("type", "op")) == [("enterprise", "create")]


def test_the_page_after_registering_says_what_is_next(register, client):
    page = body(client.get(register()["Location"]))
    assert "待核实" in page
    assert "授权委托书" in page


def test_a_code_typed_with_blanks_and_in_lower_case_is_the_same_enterprise(register):
    register(code=" ".join(GOOD["code"].lower()))
    assert Enterprise.objects.get().credit_code == GOOD["code"]


def test_who_joins_a_known_enterprise_sees_nothing_of_it(register, client, house):
    firm = make_enterprise(name="早已登记的有限公司")
    report(firm, {"revenue_y0": "98765.43"}, actor=house, on=clock.today())
    register(code=firm.credit_code, name="随便写的名称")
    membership = Membership.objects.get()
    assert (membership.role, membership.state, membership.sees_data) == ("editor", "pending", False)
    joiner = Principal.of_user(membership.user)
    assert (joiner.enterprise_ids, may_edit(joiner, firm.pk)) == (frozenset(), False)
    with scoped(joiner):
        assert list(Enterprise.objects.all()) == list(visible_to(joiner)) == []
    for name in ("facts", "papers", "colleagues"):
        answer = client.get(reverse(f"enterprises:{name}"), follow=True)
        assert answer.redirect_chain == [(reverse("enterprises:link"), 302)]
        assert "98765" not in body(answer)
        assert "98,765" not in body(answer)
    for name in ("figures", "profile", "import"):
        assert client.get(reverse(f"enterprises:{name}")).status_code == 404
    firm.refresh_from_db()
    assert firm.name == "早已登记的有限公司"


def test_the_first_without_proof_steps_back_behind_the_one_who_has_it(register, client, house, settings):
    settings.DEMO = True
    register()
    first = Membership.objects.get()
    client.logout()
    register(username="lisi2026", email="li@example.org", person="李四")
    second = Membership.objects.exclude(pk=first.pk).get()
    assert (second.sees_data, first.sees_data) == (False, True)
    verify_by_platform(second, actor=Principal.of_user(second.user), consent=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.state, second.sees_data, first.state, first.sees_data) == ("verified", True, "pending", False)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"code": "91640104MA76ABCD2Y"}, "code", "第 18 位校验码对不上，请逐位核对营业执照"),
        ({"code": "92640104MA76ABCD2X"}, "code", "这个代码不属于企业（企业的前两位是 91）。个体工商户、事业单位和分支机构不在评价认定范围"),
        ({"password": "short", "again": "short"}, "password", "密码不足 12 位"),
        ({"password": "zhangkuaiji2026", "again": "zhangkuaiji2026"}, "password", "密码和用户名、姓名或邮箱太像"),
        ({"again": "something-else-long"}, "again", "再输一遍密码：两次输入的密码不一样"),
        ({"terms": ""}, "terms", "我所填的是本人和本企业的真实信息，知道核实之前可以填报、不能提交：请阅读并勾选"),
        ({"region_path": "64/6401"}, "region_path", ""),
        ({"username": "taken"}, "username", "这个用户名不能用，请换一个"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_field_and_nothing_is_written(register, house, changes, field, said):
    User.objects.create_user("taken", "taken@example.org", "x" * 20, name="占用")
    answer = register(**changes)
    assert answer.status_code == 422
    problems = answer.context["problems"]
    assert field in [p.field for p in problems]
    if said:
        assert said in [p.message for p in problems]
    assert "宁夏示例精密轴承有限公司" in body(answer)
    assert (Enterprise.objects.count(), User.objects.filter(username="zhangkuaiji").count()) == (0, 0)


def test_the_unverified_cannot_submit_and_the_verified_can(house):
    firm = make_enterprise()
    application = type("Application", (), {"enterprise_id": firm.pk, "state": "draft"})()
    for state, may in (("pending", False), ("verified", True), ("refused", False), ("ended", False)):
        assert is_verified_applicant(Principal.of_user(make_member(firm, state=state)), application) is may


def test_a_viewer_cannot_submit_even_when_verified(house):
    firm = make_enterprise()
    application = type("Application", (), {"enterprise_id": firm.pk, "state": "draft"})()
    assert is_verified_applicant(Principal.of_user(make_member(firm, role="viewer")), application) is False


def code_with(place, digits="0123456789ABCDEFGHJKLMNPQRTUWXY"):
    """The good code with one character changed, and the last check character made to fit when it is not that one."""
    code = GOOD["code"]
    other = next(d for d in digits if d != code[place - 1])
    changed = code[: place - 1] + other + code[place:]
    return changed if place == 18 else changed[:17] + whole_check(changed[:17])


def test_both_check_characters_are_looked_at(register):
    assert code_with(17)[17] != GOOD["code"][17]
    said = [register(code=code_with(place)).context["problems"] for place in (17, 18)]
    assert [[(p.field, p.message, p.clause, p.hint) for p in problems] for problems in said] == [
        [("code", "第 17 位与前面的主体标识码对不上，请核对第 9 至 17 位", "GB 32100-2015", "例：91640104MA76ABCD2X")],
        [("code", "第 18 位校验码对不上，请逐位核对营业执照", "GB 32100-2015", "例：91640104MA76ABCD2X")],
    ]
    assert Enterprise.objects.count() == 0


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("9164010", "统一社会信用代码应为 18 位，现在是 7 位"),
        ("91640104MA76ABCDIO", "第 17 位“I”不会出现在统一社会信用代码里（没有 I、O、S、V、Z）"),
        ("９１６４０１０４ＭＡ７６ＡＢＣＤ２Ｙ", "第 18 位校验码对不上，请逐位核对营业执照"),
        ("<script>alert(1)</script>"[:18], "第 1 位“<”不会出现在统一社会信用代码里（没有 I、O、S、V、Z）"),
    ],
)
def test_a_code_that_cannot_be_is_explained_in_words(register, code, said):
    assert [p.message for p in register(code=code).context["problems"] if p.field == "code"] == [said]


def test_whatever_is_wrong_nothing_typed_is_lost_but_the_password(register):
    page = body(register(code="9164010"))
    for name in ("name", "person", "phone", "email", "username"):
        assert f'value="{GOOD[name]}"' in page
    assert 'value="9164010"' in page
    assert f'<option value="{GOOD["region_path"]}" selected>' in page
    assert 'href="#f-code"' in page
    assert GOOD["password"] not in page


@pytest.mark.parametrize(
    "name", ["ab", "li@example.org", "李四的账号", "ｚｈａｎｇｋｕａｉｊｉ", "zhang kuaiji", "a\u202ebcd", "TAKEN.1"]
)
def test_a_username_is_letters_and_digits_that_nobody_else_has(register, name):
    User.objects.create_user("taken.1", "taken@example.org", "x" * 20, name="占用")
    answer = register(username=name)
    assert (answer.status_code, [p.field for p in answer.context["problems"]]) == (422, ["username"])
    assert Membership.objects.count() == 0


@pytest.mark.parametrize("field", ["name", "person", "phone", "username"])
def test_a_character_that_cannot_be_stored_is_told_at_its_field(register, field):
    answer = register(**{field: GOOD[field] + "\0"})
    assert (answer.status_code, [p.field for p in answer.context["problems"]]) == (422, [field])


@pytest.mark.parametrize("path", ["64/9999", "64", "64/6401", "", "64/6401/640104'--", "31/3101/310101"])
def test_only_a_county_or_zone_of_the_region_examines_first(register, path):
    answer = register(region_path=path)
    assert (answer.status_code, [p.field for p in answer.context["problems"]]) == (422, ["region_path"])


def test_the_same_form_sent_twice_makes_one_account(register, client):
    register()
    client.logout()
    answer = register()
    assert (answer.status_code, [p.message for p in answer.context["problems"]]) == (
        422,
        ["这个用户名不能用，请换一个"],
    )
    assert (User.objects.filter(username="zhangkuaiji").count(), Membership.objects.count()) == (1, 1)


def test_the_same_form_sent_twice_at_the_same_moment_makes_one_account(register, rival):
    """The other request has written the account and not committed yet: ours must wait, then be refused in words."""
    with rival("zhangkuaiji"):
        answer = register()
    assert (answer.status_code, [p.message for p in answer.context["problems"]]) == (
        422,
        ["这个用户名不能用，请换一个"],
    )
    assert f'value="{GOOD["name"]}"' in body(answer)
    assert (Enterprise.objects.count(), Membership.objects.count()) == (0, 0)


@pytest.fixture
def rival(db):
    """Another connection that writes an account, keeps everybody waiting for half a second, and commits."""
    other = connections.create_connection("default")

    @contextmanager
    def writing(username):
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_user (password, is_superuser, username, email, is_staff, is_active, date_joined,"
                " public_id, name, phone) VALUES ('', false, %s, '', false, true, now(), %s, '先到的人', '')",
                [username, "r" * 16],
            )
        late = Timer(0.5, other.connection.commit)
        late.start()
        yield
        late.join()

    yield writing
    with other.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_user WHERE public_id = %s", ["r" * 16])
    other.commit()
    other.close()


def test_who_is_signed_in_already_is_not_asked_again(signed_in, stranger):
    answer = signed_in(stranger).get(reverse("enterprises:register"))
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_whether_an_enterprise_is_known_is_not_told_before_an_account_exists(client, house):
    """The same mistakes get the same page, whether the code belongs to somebody or to nobody yet."""
    known, unknown = make_enterprise().credit_code, make_code("640104", 999_999)
    pages = []
    for code in (known, unknown):
        answer = client.post(reverse("enterprises:register"), GOOD | {"code": code, "person": ""})
        pages.append((answer.status_code, [(p.field, p.message) for p in answer.context["problems"]]))
    assert pages[0] == pages[1]
