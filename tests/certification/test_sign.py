"""Nobody writes into another's part, and nothing is filed that the legal representative has not signed."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from certification import apply, sign
from certification.models import Application, SignOff
from enterprises.divide import PARTS
from enterprises.models import Evidence, Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.models import AuditEvent
from foundation.mailroom.models import Message
from foundation.refusals import Missing, Refused


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.fixture
def draft(house):
    return Application.objects.get(state="draft", enterprise__memberships__user__username="qiye-wang")


def join(draft, username, role, parts=()):
    user = User.objects.create_user(username, "", "x" * 20, name=username)
    firm = draft.enterprise
    Membership.objects.create(
        user=user, enterprise=firm, region_path=firm.region_path, enterprise_name=firm.name, role=role, state="verified",
        method="platform", parts=list(parts), requested_at=clock.now(), decided_at=clock.now(),
    )  # fmt: skip
    return user


@pytest.fixture
def boss(draft):
    return User.objects.get(username="qiye-wang")


@pytest.fixture
def clerk(draft):
    return join(draft, "jingban", "editor")


@pytest.fixture
def finance(draft):
    return join(draft, "caiwu", "editor", ["finance"])


def save(draft, user, **answers):
    return apply.save(draft, answers, seen_version=draft.draft_version, actor=Principal.of_user(user))


def field_of(draft, step):
    return next(f.name for s in apply.steps_of(draft) if s.code == step for f in s.fields if f.kind == "decimal")


def test_finance_fills_in_finance_and_nothing_else(draft, finance):
    figure = field_of(draft, "finance")
    save(draft, finance, **{figure: "1200"})
    assert draft.answers[figure] == "1200"
    with pytest.raises(Refused) as refusal:
        save(draft, finance, overview="由财务改写")
    assert (refusal.value.code, refusal.value.detail["yours"]) == ("forbidden", {"overview": "由财务改写"})
    draft.refresh_from_db()
    assert draft.answers.get("overview") != "由财务改写"


def test_a_viewer_fills_in_nothing(draft):
    with pytest.raises(Missing):
        save(draft, join(draft, "kankan", "viewer"), overview="x")


def test_what_was_typed_into_another_s_part_is_shown_again_and_not_kept(draft, finance, world):
    client = world.signed_in("caiwu")
    url = f"/my/applications/{draft.public_id}/overview/"
    page = client.get(url).content.decode()
    assert "由其他同事负责" in page and "data-autosave" not in page and "readonly" in page
    answer = client.post(url, {"draft_version": draft.draft_version, "overview": "由财务改写"})
    assert (answer.status_code, "由财务改写" in answer.content.decode()) == (403, True)
    draft.refresh_from_db()
    assert draft.answers.get("overview") != "由财务改写"


def test_a_paper_is_not_handed_in_by_somebody_responsible_for_figures(draft, finance, world):
    before = Evidence.objects.count()
    kind = draft.call.documents[0]["kind"]
    url = f"/my/applications/{draft.public_id}/paper/"
    assert world.signed_in("caiwu").post(url, {"kind": kind}).status_code == 403
    assert Evidence.objects.count() == before


def ready(draft, boss):
    from portal.demo.cases import ANSWERS

    save(draft, boss, **(ANSWERS | {"main_product": "精密轴承"}))
    return draft


def test_what_the_legal_representative_has_not_signed_is_not_filed(draft, boss, clerk):
    actor = Principal.of_user(clerk)
    with pytest.raises(Refused) as refusal:
        apply.submit(ready(draft, boss), actor=actor)
    assert [p.field for p in refusal.value.problems] == ["sign"]
    sign.sign(draft, seen_hash=sign.draft_hash(draft), actor=Principal.of_user(boss))
    assert apply.submit(draft, actor=actor).number == 1


def test_the_legal_representative_s_own_filing_needs_no_second_act(draft, boss):
    assert apply.submit(ready(draft, boss), actor=Principal.of_user(boss)).number == 1
    assert SignOff.objects.count() == 0


def test_where_no_legal_representative_is_in_the_system_nothing_waits_for_one(draft, boss, clerk):
    ready(draft, boss)
    Membership.objects.filter(user=boss).update(role="editor")
    assert apply.submit(draft, actor=Principal.of_user(clerk)).number == 1


def test_a_change_after_signing_asks_for_a_new_signature(draft, boss, clerk):
    ready(draft, boss)
    sign.sign(draft, seen_hash=sign.draft_hash(draft), actor=Principal.of_user(boss))
    assert sign.unsigned(draft, Principal.of_user(clerk)) == []
    save(draft, clerk, overview="签字以后又改了")
    assert [p.field for p in sign.unsigned(draft, Principal.of_user(clerk))] == ["sign"]


def test_only_what_was_seen_is_signed_and_only_by_the_legal_representative(draft, boss, clerk, finance):
    seen = sign.draft_hash(draft)
    save(draft, clerk, overview="同时有人在改")
    with pytest.raises(Refused, match="您看过之后内容又有改动"):
        sign.sign(draft, seen_hash=seen, actor=Principal.of_user(boss))
    for user in (clerk, finance, User.objects.get(username="qiye-zhang"), User.objects.get(username="xingqing")):
        with pytest.raises(Missing):
            sign.sign(draft, seen_hash=sign.draft_hash(draft), actor=Principal.of_user(user))
    assert SignOff.objects.count() == 0


def test_a_signature_is_written_once_recorded_and_never_changed(draft, boss):
    for _ in range(2):
        sign.sign(draft, seen_hash=sign.draft_hash(draft), actor=Principal.of_user(boss))
    row = SignOff.objects.get()
    (event,) = AuditEvent.objects.filter(act="application.sign")
    assert event.sentence == f"{boss}核对后签字，内容摘要{row.content_hash[:12]}"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        SignOff.objects.update(content_hash="0" * 64)


def test_somebody_responsible_for_a_part_does_not_file_the_whole(draft, boss, finance):
    with pytest.raises(Refused, match="只负责申请的一部分"):
        apply.submit(ready(draft, boss), actor=Principal.of_user(finance))


def test_the_signing_page_shows_what_is_signed_and_is_there_for_the_firm_alone(draft, boss, clerk, world):
    save(draft, clerk, overview="一家专注轴承的企业")
    url = f"/my/applications/{draft.public_id}/sign/"
    client = world.signed_in("qiye-wang")
    page = client.get(url).content.decode()
    assert "一家专注轴承的企业" in page and sign.draft_hash(draft) in page and ">签字</button>" in page
    asks = world.signed_in("jingban").get(url).content.decode()
    assert "请法定代表人签字" in asks and ">签字</button>" not in asks
    assert client.post(url, {"act": "sign", "hash": "0" * 64}).status_code == 409
    assert client.post(url, {"act": "sign", "hash": sign.draft_hash(draft)}).status_code == 302
    assert "已签字" in client.get(url).content.decode()
    for username in ("qiye-zhang", "dawukou", "sheng-chuzhang"):
        assert world.signed_in(username).get(url).status_code == 404


def test_the_legal_representative_is_asked_once_until_it_is_signed(draft, boss, clerk):
    (message,) = sign.ask_to_sign(draft, actor=Principal.of_user(clerk))
    assert (message.recipient, message.topic, message.url) == (boss, "due", f"/my/applications/{draft.public_id}/sign/")
    assert (message.what_to_do, message.due_on) == ("核对内容，签字", localtime(draft.call.closes_at).date())
    with pytest.raises(Refused, match="还在等"):
        sign.ask_to_sign(draft, actor=Principal.of_user(clerk))
    sign.sign(draft, seen_hash=sign.draft_hash(draft), actor=Principal.of_user(boss))
    assert Message.objects.get(pk=message.pk).read_at is not None
    assert len(sign.ask_to_sign(draft, actor=Principal.of_user(clerk))) == 1


def test_the_list_of_obstacles_leads_to_the_signing_page(draft, boss, clerk, world):
    ready(draft, boss)
    answer = world.signed_in("jingban").post(f"/my/applications/{draft.public_id}/submit/")
    assert answer.status_code == 422
    assert f'href="/my/applications/{draft.public_id}/sign/#f-sign"' in answer.content.decode()


def test_the_mail_log_of_a_case_shows_what_was_sent_to_whom_and_what_proves_it(house, world):
    from django.template.loader import render_to_string

    from certification.views.letters import panel

    county = Principal.of_user(User.objects.get(username="xingqing"))
    cases = Application.objects.filter(public_id__in=Message.objects.filter(kind="legal").values("about_id"))
    told = [render_to_string("certification/parts/letters.html", panel(case, county)) for case in cases.order_by("id")]
    opened, waiting = (page for page in told)
    assert "已送达" in opened and "本人打开" in opened
    assert "尚无送达证明" in waiting and "受理通知书（演示）" in waiting
    empty = render_to_string("certification/parts/letters.html", panel(Application(public_id="none"), county))
    assert "还没有通知" in empty


def test_the_parts_that_are_divided_are_the_steps_of_the_application_form(house):
    steps = [s for a in Application.objects.order_by("-id")[:20] for s in apply.steps_of(a)]
    assert {s.code: s.title for s in steps} == PARTS


def test_a_list_or_a_figure_of_the_sheet_that_changes_after_signing_asks_for_a_new_signature(draft, boss, clerk):
    from enterprises import items

    ready(draft, boss)
    sign.sign(draft, seen_hash=sign.draft_hash(draft), actor=Principal.of_user(boss))
    right = {"kind": "invention", "title": "签字之后才加的专利", "acquired": "self", "related": True, "applied": True}
    items.keep(draft.enterprise, "intellectual_property", right, actor=Principal.of_user(clerk))
    with pytest.raises(Refused) as refusal:
        apply.submit(draft, actor=Principal.of_user(clerk))
    assert [p.field for p in refusal.value.problems] == ["sign"]


def test_what_is_signed_is_what_is_filed_to_the_last_item_of_the_sheet(draft, boss, clerk, world):
    from enterprises import items

    ready(draft, boss)
    right = {"kind": "plant_variety", "title": "一个品种", "acquired": "self", "related": True, "applied": True}
    items.keep(draft.enterprise, "intellectual_property", right, actor=Principal.of_user(clerk))
    page = world.signed_in("qiye-wang").get(f"/my/applications/{draft.public_id}/sign/").content.decode()
    assert "数据底表里的数据" in page and "植物新品种" in page
    signed = sign.sign(draft, seen_hash=sign.draft_hash(draft), actor=Principal.of_user(boss))
    assert apply.submit(draft, actor=Principal.of_user(clerk)).content_hash == signed.content_hash
