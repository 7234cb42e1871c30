"""决定文书: each unmet criterion with its clause; written by one, signed by another; nothing to see before it is served."""

import hashlib

import pytest
from django.db import IntegrityError, transaction

from certification import letter as letters
from certification import review
from certification.models import Application, Letter, Submission
from enterprises.attach import path_of
from enterprises.models import Membership
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield Principal.system("test")


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def refused(house):
    """A case at the province: two criteria judged, one computed by the machine as unmet; then refused."""
    case = Application.objects.filter(state="province_review", tier="specialised").order_by("pk").first()
    reviewer = who("sheng-shenhe")
    codes = [row["code"] for row in letters.reasons_of(case, case.submissions.first())]
    filed = case.submissions.first()
    met = [c["code"] for c in filed.result["criteria"] if c["code"] in codes and c["outcome"] == "met"]
    result = filed.result | {
        "criteria": [
            line | ({"outcome": "unmet", "sentence": "机器核算不满足。"} if line["code"] == met[0] else {})
            for line in filed.result["criteria"]
        ]
    }
    Submission.objects.filter(pk=filed.pk).update(result=result)
    judged = set(case.verdicts.filter(stage="province_review").values_list("criterion", flat=True))
    second = next(code for code in met[1:] if code not in judged)
    review.judge(case, second, "disagree", actor=reviewer, note="与审计报告不符")
    review.refuse(case, actor=reviewer, reason="两项条件不满足", reason_code="evidence")
    case.machine_unmet, case.person_unmet = met[0], second
    return case


def written(case):
    made = letters.draft(case, actor=who("sheng-shenhe"))
    return letters.edit(made, {"number": "宁示例决〔2026〕7号"}, seen_version=made.version, actor=who("sheng-shenhe"))


def served(case):
    return letters.serve(letters.sign(written(case), actor=who("sheng-chuzhang")), actor=who("sheng-shenhe"))


def test_a_refusal_gives_each_unmet_criterion_with_its_clause_the_machine_s_and_the_reviewer_s(refused):
    made = letters.draft(refused, actor=who("sheng-shenhe"))
    unmet = {row["code"]: row for row in made.reasons if row["found"] == "unmet"}
    assert {refused.machine_unmet, refused.person_unmet} <= set(unmet)
    assert all(row["clause"] and row["title"] and row["text"] for row in unmet.values())
    assert "机器核算不满足。" in unmet[refused.machine_unmet]["text"]
    assert "与审计报告不符" in unmet[refused.person_unmet]["text"]
    assert made.ground == "两项条件不满足" and "待法制机构确认" in made.remedy
    assert letters.draft(refused, actor=who("sheng-shenhe")).pk == made.pk


def test_the_firm_reads_every_unmet_criterion_with_its_clause(refused, world):
    made = served(refused)
    member = Membership.objects.filter(enterprise=refused.enterprise, state="verified").first().user
    page = world.signed_in(member.username).get(f"/my/letters/{made.public_id}/").content.decode()
    rows = [row for row in made.reasons if row["found"] == "unmet"]
    assert len(rows) >= 2 and [r["code"] for r in rows if r["title"] not in page or r["clause"] not in page] == []
    assert made.remedy in page


def test_an_unmet_criterion_without_a_reason_keeps_the_letter_from_being_signed(refused):
    made = letters.draft(refused, actor=who("sheng-shenhe"))
    given = {"number": "1号", f"text-{refused.machine_unmet}": "  "}
    letters.edit(made, given, seen_version=made.version, actor=who("sheng-shenhe"))
    with pytest.raises(Refused) as told:
        letters.sign(made, actor=who("sheng-chuzhang"))
    (problem,) = told.value.problems
    assert problem.field == f"text-{refused.machine_unmet}" and problem.clause


def test_the_machine_s_draft_is_nobody_s_letter_until_a_person_has_gone_through_it(refused):
    made = letters.draft(refused, actor=who("sheng-shenhe"))
    with pytest.raises(Refused) as told:
        letters.sign(made, actor=who("sheng-chuzhang"))
    assert told.value.code == "invalid" and "还没有人核改" in told.value.problems[0].message


def test_whoever_wrote_the_letter_does_not_sign_it_and_a_reviewer_signs_nothing(refused):
    made, director = written(refused), who("sheng-chuzhang")
    with pytest.raises(Refused) as told:
        letters.sign(made, actor=who("sheng-shenhe"))
    assert told.value.code == "forbidden"
    letters.edit(made, {"ground": "由处长改写"}, seen_version=made.version, actor=director)
    with pytest.raises(Refused) as told:
        letters.sign(made, actor=director)
    assert told.value.code == "conflict" and Letter.objects.get(pk=made.pk).state == "draft"


def test_the_firm_sees_nothing_before_it_is_served_then_gets_a_legal_message_and_the_first_look_is_kept(refused, world):
    made = letters.sign(written(refused), actor=who("sheng-chuzhang"))
    member = Membership.objects.filter(enterprise=refused.enterprise, state="verified").first().user
    client, url = world.signed_in(member.username), f"/my/letters/{made.public_id}/"
    assert client.get(url).status_code == 404
    with scoped(Principal.of_user(member)):
        assert Letter.objects.filter(pk=made.pk).count() == 0
    letters.serve(made, actor=who("sheng-shenhe"))
    assert list(Message.objects.filter(recipient=member, kind="legal").values_list("url", flat=True)) == [url]
    assert client.get(url).status_code == 200 and client.get(url).status_code == 200
    assert AuditEvent.objects.filter(act="letter.open", object_id=made.public_id).count() == 1
    assert world.signed_in("qiye-zhang").get(url).status_code == 404


def test_what_was_served_is_kept_as_it_was_and_cannot_be_changed(refused, world):
    made = served(refused)
    assert hashlib.sha256(path_of(made.file_hash).read_bytes()).hexdigest() == made.file_hash
    answer = world.signed_in("sheng-shenhe").get(f"/desk/postings/letters/{made.public_id}/letter.pdf")
    assert b"".join(answer.streaming_content) == path_of(made.file_hash).read_bytes()
    with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
        Letter.objects.filter(pk=made.pk).update(ground="事后改写")


def test_outside_the_demo_a_refusal_is_not_served_before_the_legal_office_has_worded_the_remedies(refused, settings):
    settings.LETTER_REMEDY, settings.DEMO = "", False
    made = letters.sign(written(refused), actor=who("sheng-chuzhang"))
    with pytest.raises(Refused) as told:
        letters.serve(made, actor=who("sheng-shenhe"))
    assert told.value.code == "conflict" and Letter.objects.get(pk=made.pk).state == "signed"


def test_served_together_one_that_cannot_go_does_not_keep_the_others(refused, house):
    other = Application.objects.filter(state="province_review", tier="specialised").order_by("pk").first()
    review.refuse(other, actor=who("sheng-shenhe"), reason="不满足", reason_code="evidence")
    pair = [letters.sign(written(case), actor=who("sheng-chuzhang")) for case in (refused, other)]
    Membership.objects.filter(enterprise=other.enterprise).update(state="pending")
    told = letters.serve_together(pair, actor=who("sheng-shenhe"))
    assert [row.pk for row in told.done] == [pair[0].pk]
    ((left, why),) = told.failed
    assert left.pk == pair[1].pk and "没有核实过身份的人员" in why
    assert list(Letter.objects.filter(pk__in=[p.pk for p in pair]).order_by("pk").values_list("state", flat=True)) == [
        "served",
        "signed",
    ]


def test_a_colleague_s_words_are_not_overwritten_and_mine_are_shown_again(refused, world):
    made = letters.draft(refused, actor=who("sheng-shenhe"))
    seen = made.version
    letters.edit(made, {"ground": "同事写的"}, seen_version=seen, actor=who("sheng-chuzhang"))
    url = f"/desk/postings/letters/{made.public_id}/"
    page = world.signed_in("sheng-shenhe").post(url, {"version": seen, "ground": "我写的"})
    assert page.status_code == 409 and "我写的" in page.content.decode()
    assert Letter.objects.get(pk=made.pk).ground == "同事写的"


def test_only_the_office_that_decided_writes_the_letter(refused, world):
    for name in ("yinchuan", "xingqing", "qiye-zhang"):
        with pytest.raises(Missing):
            letters.draft(refused, actor=who(name))
    made = letters.draft(refused, actor=who("sheng-shenhe"))
    assert world.signed_in("yinchuan").get(f"/desk/postings/letters/{made.public_id}/").status_code == 404
    at_city = Application.objects.filter(
        state="to_refuse", opinions__stage="city_review", region_path__startswith="64/6401/"
    ).first()
    assert letters.draft(at_city, actor=who("yinchuan")).office_path == "64/6401"


def test_the_desk_lists_what_has_to_be_written_and_what_waits(refused, world):
    client = world.signed_in("sheng-shenhe")
    assert refused.enterprise_name in client.get("/desk/postings/letters/").content.decode()
    answer = client.post(f"/desk/postings/letters/draft/{refused.public_id}/")
    made = Letter.objects.get(application=refused)
    assert answer.headers["Location"] == f"/desk/postings/letters/{made.public_id}/"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "与审计报告不符" in page


def test_a_refusal_drafts_its_letter_and_the_case_shows_it_to_the_office_that_decided(refused, world):
    from django.template.loader import render_to_string

    from certification.views.letter import panel

    made = letters.draft(refused, actor=who("sheng-shenhe"))
    told = panel(refused, who("sheng-shenhe"))
    assert (told["is_held"], told["sees_objections"], told["may_draft"]) == (False, True, False)
    assert told["letter"]["public_id"] == made.public_id
    elsewhere = panel(refused, who("yinchuan"))
    assert (elsewhere["may_draft"], elsewhere["letter"]) == (False, None)
    page = render_to_string("certification/parts/decision.html", {"decision": told, "application": refused})
    assert made.title in page and "拟稿" in page


def test_a_firm_that_was_announced_may_have_a_letter_too_without_remedies(house):
    from certification import certify

    decided = Application.objects.filter(state="decided", tier="specialised").order_by("pk").first()
    certify.announce(decided.call, [decided], actor=who("sheng-chuzhang"), document_number="宁示例〔2026〕30号")
    made = letters.draft(Application.objects.get(pk=decided.pk), actor=who("sheng-shenhe"))
    assert (made.kind, made.remedy, made.office_path) == ("grant", "", "64") and made.reasons
