"""Who may act for an enterprise: a platform says so, the county has read a letter, or a verified colleague vouches."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enterprises import invite
from enterprises.attach import take_in
from enterprises.models import Evidence, Membership
from enterprises.permissions import is_verified
from enterprises.queries import letters
from enterprises.register import request_membership
from enterprises.verify import accept_letter, offer_letter, refuse_letter, send_letter, verify_by_platform
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from tests.assertions import assert_same_answer
from tests.conftest import make_official
from tests.enterprises_papers import office, pdf, png
from tests.factories import make_enterprise, make_member


def body(response):
    return response.content.decode()


@pytest.fixture
def firm(house):
    return make_enterprise(name="宁夏示例精密轴承有限公司")


@pytest.fixture
def joiner(firm, house, private_root):
    user = User.objects.create_user("lisi", "li@example.org", "x" * 20, name="李四")
    return request_membership(user, firm, actor=Principal.of_user(user))


def letter():
    return SimpleUploadedFile("委托书.png", png())


@pytest.fixture
def waiting(joiner):
    return send_letter(joiner, letter(), actor=Principal.of_user(joiner.user))


def test_the_platform_is_a_fake_in_the_demonstration_and_says_so(joiner, signed_in, settings):
    settings.DEMO = True
    client = signed_in(joiner.user)
    url = reverse("enterprises:link_platform", args=[joiner.public_id])
    assert "这是演示用的替身，不是真的身份平台" in body(client.get(url))
    assert client.post(url, {"role": "owner"}).status_code == 422
    assert client.post(url, {"role": "owner", "consent": "on"}, follow=True).status_code == 200
    joiner.refresh_from_db()
    assert (joiner.state, joiner.method, joiner.role, joiner.sees_data) == ("verified", "platform", "owner", True)
    assert is_verified(Principal.of_user(joiner.user), joiner.enterprise_id)


def test_without_a_platform_the_letter_is_the_way(joiner, signed_in, settings):
    settings.DEMO = False
    client = signed_in(joiner.user)
    assert client.get(reverse("enterprises:link_platform", args=[joiner.public_id])).status_code == 503
    assert "统一身份认证" not in body(client.get(reverse("enterprises:link")))


def test_nobody_verifies_somebody_else_by_platform(joiner, stranger, settings):
    settings.DEMO = True
    with pytest.raises(Missing):
        verify_by_platform(joiner, actor=Principal.of_user(stranger), consent=True)


def test_a_letter_goes_to_the_county_of_the_enterprise_and_to_nobody_else(
    joiner, signed_in, firm, county, other_county, city
):
    url = reverse("enterprises:link_letter", args=[joiner.public_id])
    signed_in(joiner.user).post(url, {"file": letter()})
    assert [list(letters(Principal.of_user(who))) for who in (county, city, other_county)] == [[joiner], [joiner], []]
    page = body(signed_in(county).get(reverse("enterprises:links")))
    assert firm.name in page
    assert "0 个工作日" in page
    assert signed_in(other_county).get(reverse("enterprises:link_request", args=[joiner.public_id])).status_code == 404


def test_the_county_reads_the_letter_and_that_is_recorded(waiting, signed_in, county, other_county):
    url = reverse("enterprises:evidence", args=[waiting.letter.public_id])
    answer = signed_in(county).get(url)
    assert b"".join(answer.streaming_content) == png()
    event = AuditEvent.objects.get(act="evidence.open")
    assert (event.actor_name, event.audience) == ("county", "applicant")
    assert signed_in(other_county).get(url).status_code == 404


def test_the_county_accepts_and_the_person_is_told(waiting, signed_in, county):
    answer = signed_in(county).post(
        reverse("enterprises:link_request", args=[waiting.public_id]), {"act": "accept"}, follow=True
    )
    assert "没有等待核对的委托书" in body(answer)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by, waiting.sees_data) == ("verified", county, True)
    assert Message.objects.get(recipient=waiting.user).subject.endswith("已核实，可以提交申请了")
    assert AuditEvent.objects.get(act="membership.verify").sentence == (
        "county核实了李四与宁夏示例精密轴承有限公司的关系"
    )


def test_a_refusal_needs_a_reason_and_the_person_reads_it(waiting, signed_in, county):
    client, url = signed_in(county), reverse("enterprises:link_request", args=[waiting.public_id])
    empty = client.post(url, {"act": "refuse", "reason": "  "})
    assert (empty.status_code, "请写明为什么不能通过，对方会看到。" in body(empty)) == (422, True)
    client.post(url, {"act": "refuse", "reason": "公章与企业名称不一致"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("refused", "公章与企业名称不一致")
    assert "公章与企业名称不一致" in body(signed_in(waiting.user).get(reverse("enterprises:link")))


def test_of_two_officials_one_decides(waiting, county, city):
    accept_letter(waiting, actor=Principal.of_user(county))
    with pytest.raises(Refused) as refusal:
        refuse_letter(waiting, actor=Principal.of_user(city), reason="太晚")
    assert refusal.value.code == "already_moved"
    assert AuditEvent.objects.filter(act__in=["membership.verify", "membership.refuse"]).count() == 1


def test_an_office_out_of_reach_cannot_decide(waiting, other_county):
    with pytest.raises(Missing):
        accept_letter(waiting, actor=Principal.of_user(other_county))


def test_age_counts_working_days(waiting, signed_in, county):
    moment = clock.now() - timedelta(days=14)
    Membership.objects.filter(pk=waiting.pk).update(requested_at=moment)
    page = body(signed_in(county).get(reverse("enterprises:links")))
    assert isinstance(moment, datetime)
    assert "14 个工作日" not in page
    assert "个工作日" in page


def test_a_verified_colleague_vouches_for_one_who_waits(joiner, signed_in, firm):
    owner = make_member(firm)
    client = signed_in(owner)
    page = body(client.get(reverse("enterprises:colleagues")))
    assert "等您同意的 1 人" in page
    client.post(reverse("enterprises:colleague", args=[joiner.public_id]), {"act": "admit", "role": "viewer"})
    joiner.refresh_from_db()
    assert (joiner.state, joiner.method, joiner.role, joiner.decided_by) == ("verified", "colleague", "viewer", owner)


def test_the_unverified_vouch_for_nobody(joiner, firm):
    founder = Principal.of_user(make_member(firm, state="pending"))
    with pytest.raises(Missing):
        invite.admit(joiner, role="editor", actor=founder)
    with pytest.raises(Missing):
        invite.invite(firm, "lisi", role="editor", actor=founder)


def test_an_account_is_invited_by_its_exact_name_and_told(firm, signed_in, stranger):
    owner = make_member(firm)
    client = signed_in(owner)
    assert client.post(reverse("enterprises:colleagues"), {"who": "strange", "role": "editor"}).status_code == 422
    client.post(reverse("enterprises:colleagues"), {"who": "STRANGER", "role": "editor"})
    membership = Membership.objects.get(user=stranger)
    assert (membership.state, membership.method, membership.role) == ("verified", "colleague", "editor")
    assert Message.objects.get(recipient=stranger).subject == "您已可以为宁夏示例精密轴承有限公司办理业务（经办人）"
    again = client.post(reverse("enterprises:colleagues"), {"who": "stranger", "role": "editor"})
    assert "已经在同事名单里" in body(again)


def test_an_official_is_never_made_an_applicant(firm, county):
    with pytest.raises(Refused):
        invite.invite(firm, "county", role="editor", actor=Principal.of_user(make_member(firm)))


def test_a_colleague_is_ended_but_never_the_last_one(firm):
    owner, editor = make_member(firm), make_member(firm, role="editor")
    boss = Principal.of_user(owner)
    theirs, mine = Membership.objects.get(user=editor), Membership.objects.get(user=owner)
    with pytest.raises(Missing):
        invite.end(mine, actor=Principal.of_user(editor))
    invite.end(theirs, actor=boss, reason="离职")
    assert Principal.of_user(editor).enterprise_ids == frozenset()
    with pytest.raises(Refused) as refusal:
        invite.end(mine, actor=boss)
    assert refusal.value.code == "conflict"


def test_a_letter_of_the_wrong_type_is_refused_and_nothing_waits(joiner, signed_in, county):
    wrong = SimpleUploadedFile("委托书.exe", b"MZ")
    answer = signed_in(joiner.user).post(reverse("enterprises:link_letter", args=[joiner.public_id]), {"file": wrong})
    assert (answer.status_code, "不接受“.exe”的文件" in body(answer)) == (422, True)
    assert (Evidence.objects.count(), list(letters(Principal.of_user(county)))) == (0, [])


def test_a_letter_is_a_scan_and_nothing_that_anybody_can_type(joiner, signed_in, county):
    url = reverse("enterprises:link_letter", args=[joiner.public_id])
    answer = signed_in(joiner.user).post(url, {"file": SimpleUploadedFile("委托书.docx", office())})
    page = body(answer)
    assert (answer.status_code, [p.field for p in answer.context["problems"]]) == (422, ["file"])
    assert "授权委托书不接受“.docx”的文件" in page
    assert "请上传扫描件或照片：PDF、JPG 或 PNG" in page
    joiner.refresh_from_db()
    assert (joiner.method, list(letters(Principal.of_user(county)))) == ("", [])


def test_a_letter_that_was_forgotten_is_asked_for_at_its_field(joiner, signed_in):
    answer = signed_in(joiner.user).post(
        reverse("enterprises:link_letter", args=[joiner.public_id]), {"csrfmiddlewaretoken": "x"}
    )
    assert (answer.status_code, "请选择要上传的文件" in body(answer)) == (422, True)


def test_a_better_letter_takes_the_place_of_the_first(waiting, county):
    again = send_letter(waiting, SimpleUploadedFile("委托书2.pdf", pdf()), actor=Principal.of_user(waiting.user))
    assert (again.letter.original_name, Evidence.objects.count()) == ("委托书2.pdf", 2)
    assert list(letters(Principal.of_user(county))) == [waiting]


def test_whoever_hands_in_a_letter_still_sees_nothing_else(waiting, signed_in, firm):
    """The letter lies in the vault of an enterprise whose papers its sender may not see before the county has read it."""
    client = signed_in(waiting.user)
    for code in (waiting.letter.public_id, "0" * 16):
        assert client.get(reverse("enterprises:evidence", args=[code])).status_code == 404
    assert Principal.of_user(waiting.user).enterprise_ids == frozenset()


def test_the_letter_of_another_enterprise_cannot_be_offered(joiner, house):
    other = make_enterprise("64/ND")
    foreign = take_in(other, letter(), kind="authorisation_letter", title="", actor=house)
    with pytest.raises(Missing):
        offer_letter(joiner, foreign, actor=Principal.of_user(joiner.user))
    joiner.refresh_from_db()
    assert joiner.letter is None


def test_a_reviewer_decides_and_an_administrator_or_a_stranger_does_not(waiting, stranger, house):
    auditor = make_official("auditor", "64/6401/640104", "auditor")
    admin = make_official("admin", "64/6401/640104", "admin")
    for user in (auditor, admin, stranger, waiting.user):
        with pytest.raises(Missing):
            accept_letter(waiting, actor=Principal.of_user(user))
        with pytest.raises(Missing):
            refuse_letter(waiting, actor=Principal.of_user(user), reason="不行")
    waiting.refresh_from_db()
    assert waiting.state == "pending"


def test_the_province_may_decide_for_a_county(waiting, director):
    assert accept_letter(waiting, actor=Principal.of_user(director)).state == "verified"


def test_what_was_refused_cannot_be_proved_afterwards(waiting, county, settings, signed_in):
    settings.DEMO = True
    refuse_letter(waiting, actor=Principal.of_user(county), reason="公章不清楚")
    with pytest.raises(Refused) as refusal:
        verify_by_platform(waiting, actor=Principal.of_user(waiting.user), consent=True)
    assert refusal.value.code == "already_moved"
    client = signed_in(waiting.user)
    for name in ("link_platform", "link_letter"):
        assert client.get(reverse(f"enterprises:{name}", args=[waiting.public_id])).status_code == 404


def test_somebody_else_s_request_and_none_at_all_are_the_same(waiting, signed_in, stranger, other_county, county):
    for user, name in ((stranger, "link_letter"), (stranger, "link_platform"), (other_county, "link_request")):
        client = signed_in(user)
        foreign, missing = (reverse(f"enterprises:{name}", args=[code]) for code in (waiting.public_id, "0" * 16))
        assert_same_answer(client.get(foreign), client.get(missing))
        data = {"act": "accept", "consent": "on", "role": "owner"}
        assert_same_answer(client.post(foreign, data), client.post(missing, data))
    waiting.refresh_from_db()
    assert waiting.state == "pending"
    assert signed_in(county).get(reverse("enterprises:link_request", args=[waiting.public_id])).status_code == 200


def test_a_member_and_a_stranger_find_no_desk(waiting, signed_in, stranger, firm):
    for user in (stranger, make_member(firm)):
        client = signed_in(user)
        assert client.get(reverse("enterprises:links")).status_code == 404
        url = reverse("enterprises:link_request", args=[waiting.public_id])
        assert client.post(url, {"act": "accept"}).status_code == 404
    waiting.refresh_from_db()
    assert waiting.state == "pending"


def test_a_reason_typed_is_still_there_when_the_act_was_forgotten(waiting, signed_in, county):
    url = reverse("enterprises:link_request", args=[waiting.public_id])
    answer = signed_in(county).post(url, {"act": "refuse", "reason": " "})
    assert answer.status_code == 422
    waiting.refresh_from_db()
    assert waiting.state == "pending"


def test_the_desk_asks_the_database_as_often_for_three_letters_as_for_one(
    waiting, signed_in, county, firm, django_assert_max_num_queries
):
    client, url = signed_in(county), reverse("enterprises:links")
    client.get(url)
    with django_assert_max_num_queries(40) as one:
        client.get(url)
    for n in range(2):
        user = User.objects.create_user(f"more{n}", "", "x" * 20, name=f"同事{n}")
        asked = request_membership(user, firm, actor=Principal.of_user(user))
        send_letter(asked, SimpleUploadedFile(f"{n}.pdf", pdf()), actor=Principal.of_user(user))
    with django_assert_max_num_queries(len(one)):
        assert body(client.get(url)).count(firm.name) >= 3
