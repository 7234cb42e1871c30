"""Officials are told of an objection, of a request for reconsideration and of a question; 今日 counts what is open."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification import interpret, object, reconsider, review
from certification import letter as letters
from certification.models import Application, Interpretation, Objection, Posting, Reconsideration
from enterprises.models import Membership
from foundation.accounts.models import Post, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.mailroom.models import Delivery, Message, Topic
from foundation.refusals import Refused
from tests.certification.lists import published_at_city

pytestmark = pytest.mark.django_db
GIVEN = {"name": "欧阳示例", "contact": "13900000000", "facts": "收入与年报不一致", "relation": "", "organisation": ""}


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


def who(username):
    return Principal.of_user(User.objects.get(username=username))


def at(path, *roles):
    found = User.objects.filter(posts__office__body__path=path, posts__role__in=roles, posts__until=None, is_active=True)
    return sorted(set(found.values_list("username", flat=True)))


def told(thing):
    return Message.objects.filter(about_type=thing._meta.label_lower, about_id=thing.public_id).order_by("recipient_id")


def readers(thing):
    return sorted(told(thing).values_list("recipient__username", flat=True))


def served_refusal():
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("pk").first()
    review.refuse(case, actor=who("sheng-shenhe"), reason="条件不满足", reason_code="evidence")
    made = letters.draft(case, actor=who("sheng-shenhe"))
    letters.edit(made, {"number": "8号"}, seen_version=made.version, actor=who("sheng-shenhe"))
    return letters.serve(letters.sign(made, actor=who("sheng-chuzhang")), actor=who("sheng-shenhe"))


def ask_again(letter):
    member = Membership.objects.filter(enterprise=letter.enterprise, state="verified").first().user
    return reconsider.request(letter, actor=Principal.of_user(member), grounds="审计报告口径有误读，请复核")


def running():
    return Posting.objects.filter(state="running", level="province", call__tier="specialised").get()


def test_an_objection_is_told_to_the_office_whose_list_it_is_without_saying_who_or_to_whom(house):
    objection, _ = object.lodge(running(), 1, GIVEN)
    assert readers(objection) == at("64", "reviewer", "leader")
    letter = told(objection).first()
    said = letter.subject + letter.body + letter.what_to_do
    assert objection.receipt_number in letter.subject and letter.topic == Topic.DUE
    for secret in (GIVEN["name"], GIVEN["contact"], GIVEN["facts"], objection.application.enterprise_name):
        assert secret not in said
    assert house.signed_in(letter.recipient.username).get(letter.url).status_code == 200
    assert Delivery.objects.filter(message=letter, channel="in_app").count() == 1


def test_the_same_form_sent_twice_tells_once_and_a_refused_one_tells_nobody(house):
    before = Message.objects.count()
    with pytest.raises(Refused):
        object.lodge(running(), 1, GIVEN | {"facts": ""})
    assert Message.objects.count() == before
    first, _ = object.lodge(running(), 1, GIVEN, form_key="a" * 32)
    object.lodge(running(), 1, GIVEN, form_key="a" * 32)
    assert readers(first) == at("64", "reviewer", "leader")


def test_an_objection_to_a_list_of_a_city_is_told_to_that_city(house):
    case = Application.objects.filter(state="city_review", region_path__startswith="64/6401/").order_by("id").first()
    type(case.call).objects.filter(pk=case.call_id).update(has_city_posting=True)
    case.call.refresh_from_db()
    listed = published_at_city(
        case.call, [case], actor=who("yinchuan"), contact="0951-1", disciplinary_contact="0951-2"
    )
    objection, _ = object.lodge(listed, 1, GIVEN)
    assert readers(objection) == at("64/6401", "reviewer", "leader")


def test_a_request_for_reconsideration_is_told_to_those_who_had_no_part_in_the_decision(house):
    row = ask_again(served_refusal())
    took_part = {User.objects.get(pk=pk).username for pk in row.deciders}
    assert {"sheng-shenhe", "sheng-chuzhang"} <= took_part
    assert readers(row) == sorted(set(at("64", "reviewer", "leader")) - took_part)
    letter = told(row).first()
    assert row.application.enterprise_name in letter.subject and "是否受理" in letter.what_to_do
    assert house.signed_in(letter.recipient.username).get(letter.url).status_code == 200


def test_where_everybody_took_part_the_leaders_are_told_to_name_somebody(house):
    Post.objects.filter(role="leader", office__body__path="64").exclude(user__username="sheng-chuzhang").delete()
    row = ask_again(served_refusal())
    assert "sheng-chuzhang" in readers(row)
    assert set(told(row).values_list("what_to_do", flat=True)) == {"请安排没有参与原决定的负责人办理"}


def test_a_question_is_told_to_the_province_which_answers_and_not_to_whoever_asked(house):
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("pk").first()
    code = case.submissions.first().result["criteria"][0]["code"]
    row = interpret.ask(case.rule_set_code, code, "委托研发费用按全额还是按比例计入？", actor=who("xingqing"))
    assert readers(row) == at("64", "leader", "policy")
    letter = told(row).first()
    assert row.question in letter.body and house.signed_in(letter.recipient.username).get(letter.url).status_code == 200
    own = interpret.ask(case.rule_set_code, code, "外购软件的折旧是否计入研发费用？", actor=who("sheng-chuzhang"))
    assert readers(own) == sorted(set(at("64", "leader", "policy")) - {"sheng-chuzhang"})


def acts(world, username):
    return world.signed_in(username).get("/desk/").content.decode().partition("<main")[2]


def test_the_first_page_counts_what_is_open_and_leads_to_its_list(house):
    object.lodge(running(), 1, GIVEN)
    ask_again(served_refusal())
    found = {
        "objections": Objection.objects.filter(region_path="64", state__in=["received", "under_examination"]).count(),
        "reconsiderations": Reconsideration.objects.filter(state__in=["requested", "under_way"]).count(),
        "questions": Interpretation.objects.filter(state="asked").count(),
    }
    assert all(found.values())
    page = acts(house, "sheng-chuzhang")
    assert f'<a class="b" href="/desk/postings/objections/">公示异议 {found["objections"]} 件在办</a>' in page
    assert f'<a class="b" href="/desk/postings/reconsiderations/">复审 {found["reconsiderations"]} 件在办</a>' in page
    assert f'<a class="b" href="/interpretations/">口径提问 {found["questions"]} 条待答复</a>' in page
    assert "口径提问" in acts(house, "sheng-guize") and "公示异议" not in acts(house, "sheng-guize")
    county = acts(house, "dawukou")
    assert "公示异议" not in county and "口径提问" not in county


def test_the_first_page_asks_as_many_questions_of_the_database_for_three_objections_as_for_one(house):
    client, counts = house.signed_in("sheng-chuzhang"), []
    for more in (1, 2):
        for _ in range(more):
            object.lodge(running(), 1, GIVEN)
        client.get("/desk/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/desk/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
