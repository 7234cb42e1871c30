"""决定文书: each unmet criterion with its clause; written by one, signed by another; nothing to see before it is served."""

import hashlib

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from certification import letter as letters
from certification import review
from certification.models import Application, Letter, Submission
from enterprises.attach import path_of
from enterprises.models import Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.mailroom import serve
from foundation.mailroom.models import Delivery, Fallback, Message, Proof
from foundation.refusals import Missing, Refused
from tests.certification.lists import announced


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
    client, url = world.signed_in(member.username), f"/my/letters/{made.public_id}/"
    client.post(url)
    page = client.get(url).content.decode()
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
    shut = client.get(url).content.decode()
    assert "打开的时间记为送达时间" in shut and made.ground not in shut and "file=1" not in shut
    assert client.get(f"{url}?file=1").content.decode().count("打开文书") == 1
    assert (
        Letter.objects.get(pk=made.pk).opened_at is None
        and not Proof.objects.filter(what="opened", message__about_id=made.public_id).exists()
    )
    assert [client.post(url).status_code for _ in range(2)] == [302, 302]
    assert made.ground in client.get(url).content.decode() and client.get(f"{url}?file=1").status_code == 200
    assert AuditEvent.objects.filter(act="letter.open", object_id=made.public_id).count() == 1
    message = Message.objects.get(recipient=member, kind="legal")
    assert list(message.proofs.filter(what="opened").values_list("by_name", flat=True)) == [str(member)]
    assert world.signed_in("qiye-zhang").get(url).status_code == 404


def colleague_of(case, number=2, **values):
    user = User.objects.create_user(f"colleague{number}", f"c{number}@example.org", "x" * 20, name=f"同事{number}")
    Membership.objects.create(
        user=user, enterprise=case.enterprise, region_path=case.region_path, enterprise_name=case.enterprise_name,
        state="verified", requested_at=clock.now(), decided_at=clock.now(), **values,
    )  # fmt: skip
    return user


def test_opening_from_the_inbox_opens_the_letter_and_a_colleague_s_task_is_closed_for_good(refused, world, settings):
    first, second = colleague_of(refused, 2), colleague_of(refused, 3)
    made = served(refused)
    Delivery.objects.filter(message__about_id=made.public_id, channel="email").update(state="failed")
    serve.open_fallbacks()
    mine = Message.objects.get(recipient=first, kind="legal", about_id=made.public_id)
    assert Fallback.objects.filter(message__about_id=made.public_id, closed_at=None).count() >= 2
    assert world.signed_in(first.username).post(f"/messages/{mine.public_id}/").status_code == 302
    assert Letter.objects.get(pk=made.pk).opened_at is not None
    assert not Fallback.objects.filter(message__about_id=made.public_id, closed_at=None).exists()
    assert (
        "请打开这份文书" not in world.signed_in(second.username).get(f"/my/letters/{made.public_id}/").content.decode()
    )
    Fallback.objects.filter(message__about_id=made.public_id).delete()
    serve.open_fallbacks()
    assert not Fallback.objects.filter(message__about_id=made.public_id).exists()


def test_a_colleague_who_came_after_it_was_sent_opens_it_too_and_it_is_proved(refused, world):
    made = served(refused)
    late = colleague_of(refused)
    assert world.signed_in(late.username).post(f"/my/letters/{made.public_id}/").status_code == 302
    proof = Proof.objects.get(message__about_id=made.public_id, what="served")
    assert (proof.by_name, proof.answer) == ("同事2", "由同单位的同事2打开")
    messages = list(Message.objects.filter(about_id=made.public_id).prefetch_related("proofs"))
    assert set(serve.firm_served_at(messages)) == {m.pk for m in messages}


def test_a_firm_without_a_verified_person_is_served_on_paper_and_its_case_is_closed(refused, world):
    made = letters.sign(written(refused), actor=who("sheng-chuzhang"))
    url = f"/desk/postings/letters/{made.public_id}/"
    client = world.signed_in("sheng-shenhe")
    given = {"way": "post", "served_on": str(clock.today()), "by": "郑审核", "number": "EMS 1234"}
    assert client.post(f"{url}on-paper/", given).status_code == 409
    Membership.objects.filter(enterprise=refused.enterprise).update(state="pending")
    assert "纸质送达" in client.get(url).content.decode()
    assert client.get(f"{url}letter.pdf?paper=1").content[:5] == b"%PDF-"
    lacking = client.post(f"{url}on-paper/", given | {"number": " ", "served_on": "2020-01-01"})
    assert lacking.status_code == 422 and 'value="郑审核"' in lacking.content.decode()
    assert client.post(f"{url}on-paper/", given).status_code == 302
    made.refresh_from_db()
    refused.refresh_from_db()
    assert (made.state, made.hand_way, made.hand_number, refused.state) == ("served", "post", "EMS 1234", "refused")
    assert timezone.localtime(made.served_at).date() == clock.today() and path_of(made.file_hash).is_file()
    assert "EMS 1234" in client.get(url).content.decode()
    assert world.signed_in("yinchuan").post(f"{url}on-paper/", given).status_code == 404


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

    decided = Application.objects.filter(state="decided", tier="specialised").order_by("pk").first()
    announced(decided.call, [decided], actor=who("sheng-chuzhang"), document_number="宁示例〔2026〕30号")
    made = letters.draft(Application.objects.get(pk=decided.pk), actor=who("sheng-shenhe"))
    assert (made.kind, made.remedy, made.office_path) == ("grant", "", "64") and made.reasons


def test_announced_firms_without_a_letter_stand_on_the_desk_of_the_province_until_one_is_drafted(house, world):
    case = Application.objects.filter(state="granted").order_by("stage_since", "id").first()
    client, address = world.signed_in("sheng-shenhe"), "/desk/postings/letters/"
    page = client.get(address)
    assert case in page.context["granted"] and page.context["granted_count"] == len(
        Application.objects.filter(state="granted").exclude(letters__kind="grant")
    )
    assert f"为{case.enterprise_name}起草告知书" in page.content.decode()
    for elsewhere in ("yinchuan", "xingqing"):
        assert not world.signed_in(elsewhere).get(address).context["granted"]
    answer = client.post(f"/desk/postings/letters/draft/{case.public_id}/")
    made = Letter.objects.get(application=case, kind="grant")
    assert answer.headers["Location"] == f"/desk/postings/letters/{made.public_id}/"
    assert case not in client.get(address).context["granted"]
