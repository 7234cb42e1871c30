"""复审: asked by the firm, handled by others than those who decided; setting aside opens the call for this firm alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from certification import apply, committee, reconsider, review
from certification import letter as letters
from certification.letter import remedy
from certification.models import Application, Call, Letter, Reconsideration
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused
from tests.conftest import make_official


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield Principal.system("test")


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def letter(house):
    """Refused and written by the reviewer, signed by the director, served."""
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("pk").first()
    review.refuse(case, actor=who("sheng-shenhe"), reason="条件不满足", reason_code="evidence")
    made = letters.draft(case, actor=who("sheng-shenhe"))
    letters.edit(made, {"number": "8号"}, seen_version=made.version, actor=who("sheng-shenhe"))
    return letters.serve(letters.sign(made, actor=who("sheng-chuzhang")), actor=who("sheng-shenhe"))


@pytest.fixture
def firm(letter):
    return Principal.of_user(Membership.objects.filter(enterprise=letter.enterprise, state="verified").first().user)


@pytest.fixture
def other(house):
    return Principal.of_user(make_official("sheng-fushen", "64", "reviewer", "leader"))


@pytest.fixture
def asked(letter, firm):
    return reconsider.request(letter, actor=firm, grounds="审计报告口径有误读，请复核")


def test_those_who_refused_wrote_or_signed_may_not_handle_it_and_somebody_else_may(asked, other):
    for name in ("sheng-shenhe", "sheng-chuzhang"):
        with pytest.raises(Refused) as told:
            reconsider.admit(asked, actor=who(name))
        assert told.value.code == "forbidden" and "没有参与" in told.value.sentence
    assert reconsider.admit(asked, actor=other).state == "under_way"


def test_those_who_voted_on_it_may_not_handle_it_either(house, other):
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("pk").first()
    people = [User.objects.get(username=name) for name in ("sheng-chuzhang", "sheng-heyi")]
    people.append(User.objects.get(pk=other.user_id))
    director = who("sheng-chuzhang")
    meeting = committee.plan(
        case.call, [case], people, chair=people[0], title="会", held_on=clock.today(), actor=director
    )
    committee.open_meeting(meeting, actor=director)
    item = meeting.items.select_related("meeting", "application").get()
    for actor in (director, other):
        committee.cast(item, "abstain", actor=actor)
    assert other.user_id in reconsider.deciders(Letter(application=case))


@pytest.mark.parametrize("state", ["posted", "decided"])
def test_who_refused_after_the_review_may_not_handle_it_either_although_no_opinion_says_so(house, other, state):
    case = Application.objects.filter(state=state, tier="specialised").order_by("pk").first()
    refuser = Principal.of_user(make_official("sheng-juejue", "64", "reviewer", "leader"))
    review.refuse(case, actor=refuser, reason="异议经核查成立")
    assert not case.opinions.filter(by_id=refuser.user_id).exists()
    made = letters.draft(case, actor=who("sheng-shenhe"))
    letters.edit(made, {"number": "9号"}, seen_version=made.version, actor=who("sheng-shenhe"))
    served = letters.serve(letters.sign(made, actor=who("sheng-chuzhang")), actor=who("sheng-shenhe"))
    member = Membership.objects.filter(enterprise=case.enterprise, state="verified").first().user
    asked = reconsider.request(served, actor=Principal.of_user(member), grounds="异议与事实不符，请复核")
    assert refuser.user_id in asked.deciders
    with pytest.raises(Refused) as told:
        reconsider.admit(asked, actor=refuser)
    assert told.value.code == "forbidden" and "没有参与" in told.value.sentence
    assert reconsider.admit(asked, actor=other).state == "under_way"


def test_only_the_firm_asks_once_and_with_grounds(letter, firm, asked):
    for stranger in (who("qiye-zhang"), who("sheng-shenhe")):
        with pytest.raises(Missing):
            reconsider.request(letter, actor=stranger, grounds="x")
    with pytest.raises(Refused) as told:
        reconsider.request(letter, actor=firm, grounds="再来一次")
    assert told.value.code == "duplicate"
    reconsider.withdraw(asked, actor=firm)
    with pytest.raises(Refused) as told:
        reconsider.request(letter, actor=firm, grounds=" ")
    assert told.value.code == "invalid"
    assert reconsider.request(letter, actor=firm, grounds="重新提出").state == "requested"


def test_without_a_configured_period_the_office_judges_and_with_one_a_late_request_is_marked_not_lost(
    letter, firm, settings
):
    assert reconsider.is_late(letter) is None
    settings.RECONSIDERATION_DAYS = 10
    assert reconsider.is_late(letter) is False
    Letter.objects.filter(pk=letter.pk).update(served_at=clock.now() - timedelta(days=11))
    letter.refresh_from_db()
    assert reconsider.request(letter, actor=firm, grounds="迟了").is_late is True


def test_set_aside_lets_the_firm_file_again_in_the_closed_call_and_nobody_else(asked, firm, other, letter):
    call, enterprise = letter.application.call, letter.enterprise
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(days=1))
    call.refresh_from_db()
    with pytest.raises(Refused):
        apply.start(call, enterprise, actor=firm)
    reconsider.admit(asked, actor=other)
    reconsider.answer(asked, "set_aside", "原决定对口径理解有误，撤销。", actor=other)
    draft = apply.start(call, enterprise, actor=firm)
    assert draft.pk != letter.application_id and draft.answers["overview"] == letter.application.answers["overview"]
    assert apply.submit(draft, actor=firm).application_id == draft.pk
    draft.refresh_from_db()
    assert draft.first_filed_at == letter.application.submitted_at < draft.submitted_at
    assert reconsider.opens_again(enterprise, call) is None
    with pytest.raises(Refused) as told:
        apply.start(call, who_else().enterprise, actor=Principal.of_user(who_else().user))
    assert told.value.code == "window_closed"


def who_else():
    taken = Application.objects.filter(tier="specialised").values("enterprise_id")
    return Membership.objects.filter(state="verified", role="owner").exclude(enterprise_id__in=taken).first()


def test_the_answer_reaches_the_firm_as_a_served_letter_with_its_reasons(asked, firm, other, world, letter):
    reconsider.admit(asked, actor=other)
    reconsider.answer(asked, "maintain", "复核后口径无误，维持。", actor=other)
    told = Message.objects.get(recipient_id=firm.user_id, kind="legal", body__contains="复核后口径无误")
    assert told.body.endswith(remedy())
    client = world.signed_in(User.objects.get(pk=firm.user_id).username)
    client.post(f"/my/letters/{letter.public_id}/")
    page = client.get(f"/my/letters/{letter.public_id}/")
    assert "复核后口径无误，维持。" in page.content.decode() and "维持原决定" in page.content.decode()


def test_the_pages_keep_what_was_typed_and_tell_those_who_decided_why_they_may_not(letter, firm, other, world):
    client = world.signed_in(User.objects.get(pk=firm.user_id).username)
    url = f"/my/letters/{letter.public_id}/reconsideration/"
    assert client.post(url, {"grounds": "  "}).status_code == 422
    assert client.post(url, {"grounds": "请复核第二条"}).status_code == 302
    row = Reconsideration.objects.get(letter=letter)
    desk = f"/desk/postings/reconsiderations/{row.public_id}/"
    assert "您参与过原决定" in world.signed_in("sheng-shenhe").get(desk).content.decode()
    handler = world.signed_in("sheng-fushen")
    assert handler.post(desk, {"act": "admit"}).status_code == 302
    assert handler.post(desk, {"act": "maintain", "answer": ""}).status_code == 422
    assert world.signed_in("dawukou").get(desk).status_code == 404


def test_the_database_refuses_a_reconsideration_that_jumps(asked):
    with pytest.raises(IntegrityError, match="illegal edge"), transaction.atomic():
        Reconsideration.objects.filter(pk=asked.pk).update(state="set_aside")
