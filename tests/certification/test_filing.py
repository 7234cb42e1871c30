"""What is judged, shown, signed and kept is one and the same; what is locked stays what it was."""

from decimal import Decimal
from hashlib import sha256

import pytest

from certification import apply, review
from certification.models import Application
from certification.papers import shown
from certification.worksheet import worksheet
from enterprises import items
from enterprises.facts import facts_of
from enterprises.models import Evidence, Figure
from enterprises.report import report
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from portal.demo.cases import ANSWERS


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield Principal.system("test")


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def member(house):
    return who("qiye-wang")


@pytest.fixture
def draft(house):
    return Application.objects.get(state="draft", enterprise__memberships__user__username="qiye-wang")


def save(draft, member, **answers):
    return apply.save(draft, answers, seen_version=draft.draft_version, actor=member)


def ready(draft, member):
    return save(draft, member, **(ANSWERS | {"main_product": "精密轴承"}))


def audited(draft, name, value, house):
    report(draft.enterprise, {name: value}, actor=house, on=clock.today(), source="audited")


def lay_paper(draft, kind, title="材料", year=None, uploaded_at=None):
    return Evidence.objects.create(
        enterprise=draft.enterprise, kind=kind, title=title, year=year, original_name=f"{title}.pdf", size=1,
        media_type="application/pdf", sha256=sha256(f"{kind}{title}{year}".encode()).hexdigest(),
        uploaded_at=uploaded_at or clock.now(),
    )  # fmt: skip


def field_named(draft, name):
    return next(f for step in apply.steps_of(draft) for f in step.fields if f.name == name)


def revenue_of(draft):
    return Decimal(facts_of(draft.enterprise, clock.today())["revenue_y0"].value)


def own_revenue(draft, year=None):
    """What the firm itself said last of its revenue of a year, by default the last complete one."""
    said = Figure.objects.filter(enterprise=draft.enterprise, name="revenue", source="self")
    said = said.filter(year=year or clock.today().year - 1).order_by("-id").first()
    return Decimal(said.fen) / 1_000_000


def test_the_figure_that_was_judged_is_the_figure_that_is_kept_shown_and_printed(draft, member, house):
    before = revenue_of(draft)
    audited(draft, "revenue_y0", str(before), house)
    typed = f"{before + 200:f}"
    save(ready(draft, member), member, revenue_y0=typed)
    filed = apply.submit(draft, actor=member)
    assert (filed.facts["revenue_y0"], filed.sources["revenue_y0"]) == (typed, "self")
    assert filed.result == apply.judged(draft, filed.facts).as_dict()
    assert shown(field_named(draft, "revenue_y0"), filed) == f"{Decimal(typed):,f} 万元"


def test_the_reviewer_sees_what_the_audit_says_beside_a_figure_that_differs(draft, member, house, world):
    before = revenue_of(draft)
    audited(draft, "revenue_y0", str(before), house)
    save(ready(draft, member), member, revenue_y0=f"{before + 200:f}")
    filed = apply.submit(draft, actor=member)
    assert filed.conflicts["revenue_y0"] == [["audited", f"{before:f}"]]
    gates, parts = worksheet(draft, filed, {}, [])
    disputed = [claim for row in [*gates, *parts] for claim in row.disputed if claim.source == "self"]
    assert disputed and {said[0][0] for said in (claim.others for claim in disputed)} == {"audited"}
    page = world.signed_in("dawukou").get(f"/desk/cases/{draft.public_id}/").content.decode()
    assert "不一致" in page and "审计报告" in page


def test_a_figure_that_agrees_keeps_the_better_source(draft, member, house):
    before = revenue_of(draft)
    audited(draft, "revenue_y0", str(before), house)
    save(ready(draft, member), member, revenue_y0=f"{before:,.2f}")
    filed = apply.submit(draft, actor=member)
    assert (filed.facts["revenue_y0"], filed.sources["revenue_y0"]) == (f"{before:f}", "audited")
    assert "revenue_y0" not in filed.conflicts


def test_a_draft_of_december_that_is_filed_in_january_speaks_of_the_years_it_was_begun_in(
    draft, member, settings, world
):
    Application.objects.filter(pk=draft.pk).update(judged_on=draft.judged_on.replace(year=draft.judged_on.year - 1))
    draft.refresh_from_db()
    begun = draft.judged_on
    typed = f"{Decimal(facts_of(draft.enterprise, begun)['revenue_y0'].value) + 1:f}"
    save(ready(draft, member), member, revenue_y0=typed)
    page = world.signed_in("qiye-wang").get(f"/my/applications/{draft.public_id}/finance/").content.decode()
    assert f"{begun.year - 1}年" in page and f"{begun.year}年营业收入" not in page
    filed = apply.submit(draft, actor=member)
    assert filed.facts["revenue_y0"] == typed
    assert own_revenue(draft, begun.year - 1) == Decimal(typed)


def test_a_case_begun_today_is_judged_as_of_today(draft):
    assert draft.judged_on == clock.today()


@pytest.fixture
def returned(draft, member):
    """The case of a firm that was asked for one text; a figure of its own was filed with it."""
    save(ready(draft, member), member, revenue_y0=f"{revenue_of(draft) + 200:f}")
    apply.submit(draft, actor=member)
    asked = [{"field": "product_text", "reason": "请补充关键指标", "clause": "申请书"}]
    review.return_for_correction(draft, asked, actor=who("dawukou"))
    return draft


def test_what_was_not_returned_stays_as_it_was_filed_though_the_sheet_has_changed(returned, member):
    first = returned.submissions.get()
    more = Decimal(facts_of(returned.enterprise, clock.today())["employees_y0"].value) + 7
    report(returned.enterprise, {"employees_y0": f"{more:f}"}, actor=member, on=clock.today())
    items.declare_none(returned.enterprise, "awards", actor=member)
    lay_paper(returned, "audit", title="另一份审计报告")
    save(returned, member, product_text="补充了关键指标")
    second = apply.submit(returned, actor=member)
    assert (second.facts, second.sources, second.evidence) == (first.facts, first.sources, first.evidence)
    assert second.result == first.result
    assert second.answers["product_text"] == "补充了关键指标"


def test_a_locked_answer_does_not_overwrite_what_the_firm_has_reported_since(returned, member):
    newer = f"{revenue_of(returned) + 300:f}"
    report(returned.enterprise, {"revenue_y0": newer}, actor=member, on=clock.today())
    save(returned, member, product_text="补充了关键指标")
    apply.submit(returned, actor=member)
    assert own_revenue(returned) == Decimal(newer)


def test_what_was_returned_is_read_anew(returned, member):
    Application.objects.filter(pk=returned.pk).update(unlocked=["revenue_y0", "papers"])
    returned.refresh_from_db()
    paper = lay_paper(returned, returned.call.documents[0]["kind"], title="新的一份")
    newer = f"{revenue_of(returned) + 300:f}"
    save(returned, member, revenue_y0=newer)
    second = apply.submit(returned, actor=member)
    assert second.facts["revenue_y0"] == newer
    assert paper.public_id in {row["public_id"] for row in second.evidence}


def test_only_the_newest_paper_of_each_line_is_filed_and_nothing_else_of_the_vault(draft, member):
    lay_paper(draft, "authorisation_letter", title="授权委托书")
    first, second = lay_paper(draft, "licence", title="旧执照"), lay_paper(draft, "licence", title="新执照")
    ready(draft, member)
    filed = {row["public_id"] for row in apply.submit(draft, actor=member).evidence}
    assert second.public_id in filed and first.public_id not in filed
    kinds = {line["kind"] for line in draft.call.documents}
    assert {row["kind"] for row in draft.submissions.get().evidence} <= kinds


def test_a_paper_that_a_listed_right_rests_on_is_filed_with_it(draft, member):
    ready(draft, member)
    proof = lay_paper(draft, "right", title="专利证书")
    right = {"kind": "invention", "title": "一项发明", "acquired": "self", "evidence": proof}
    items.keep(draft.enterprise, "intellectual_property", right, actor=member)
    assert proof.public_id in {row["public_id"] for row in apply.submit(draft, actor=member).evidence}


def test_a_paper_of_an_old_year_is_missing_and_not_accepted(draft, member):
    year = draft.call.year
    draft.call.documents = [{"kind": "audit", "title": f"{year - 1}年审计报告", "required": True}]
    Evidence.objects.filter(enterprise=draft.enterprise).update(year=year - 3)
    assert [p.message for p in apply.missing_papers(draft)] == [f"缺少材料：{year - 1}年审计报告"]
    lay_paper(draft, "audit", year=year - 1)
    assert apply.missing_papers(draft) == []


def post(world, draft, seen, **fields):
    url = f"/my/applications/{draft.public_id}/{fields.pop('step')}/"
    told = {"draft_version": seen, **fields}
    return world.signed_in("qiye-wang").post(url, told, headers={"x-autosave": "1"})


def test_a_colleague_in_another_step_does_not_stop_my_saving(draft, member, world):
    seen = draft.draft_version
    save(draft, member, overview="同事写的企业介绍")
    answer = post(world, draft, seen, step="basic", contact_name="我填的联系人")
    assert answer.status_code == 200
    draft.refresh_from_db()
    assert (draft.answers["overview"], draft.answers["contact_name"]) == ("同事写的企业介绍", "我填的联系人")
    assert post(world, draft, answer.json()["draft_version"], step="basic", contact_name="再改").status_code == 200


def test_a_colleague_in_the_same_field_does_and_both_versions_are_shown(draft, member, world):
    seen = draft.draft_version
    save(draft, member, contact_name="同事填的", address="同事写的地址")
    answer = post(world, draft, seen, step="basic", contact_name="我填的", address="同事写的地址")
    assert answer.status_code == 409
    (field,) = answer.json()["fields"]
    assert (field["name"], field["yours"], field["theirs"]) == ("contact_name", "我填的", "同事填的")
    assert post(world, draft, answer.json()["draft_version"], step="basic", contact_name="我填的").status_code == 200
