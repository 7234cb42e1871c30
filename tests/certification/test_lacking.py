"""还缺什么: nothing is called filled in that is not, what follows from a gap is said before filing, and no figure at all is no application."""

import pypdfium2
import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from certification import apply, papers
from certification.lacking import lacking
from certification.models import Application
from enterprises.models import Evidence, Figure, Statement
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.refusals import Refused
from portal.demo.cases import ANSWERS


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield world


@pytest.fixture
def draft(house):
    return Application.objects.get(enterprise__memberships__user__username="qiye-wang", state="draft")


def member():
    return Principal.of_user(User.objects.get(username="qiye-wang"))


def filled(draft):
    apply.save(draft, ANSWERS | {"main_product": "示例"}, seen_version=draft.draft_version, actor=member())
    return draft


def step(house, draft, code):
    return house.signed_in("qiye-wang").get(f"/my/applications/{draft.public_id}/{code}/").content.decode()


def test_a_step_counts_the_figures_that_nobody_has_told(house, draft):
    before = lacking(draft)["finance"]
    Figure.objects.filter(enterprise=draft.enterprise, name="revenue", year=draft.judged_on.year - 1).delete()
    Figure.objects.filter(enterprise=draft.enterprise, name="net_profit").delete()
    now = lacking(draft)["finance"]
    gone = {field.name for field in now.facts} - {field.name for field in before.facts}
    assert "revenue_y0" in gone and now.count == before.count + len(gone)
    page = step(house, draft, "finance")
    assert f"还缺 {now.count} 项" in page


def test_an_answer_of_no_is_an_answer(draft):
    Statement.objects.filter(enterprise=draft.enterprise, name="prohibited_product").delete()
    assert "prohibited_product" in {field.name for field in lacking(draft)["identity"].facts}
    apply.save(draft, {"prohibited_product": False}, seen_version=draft.draft_version, actor=member())
    assert "prohibited_product" not in {field.name for field in lacking(draft)["identity"].facts}


def test_the_step_of_the_papers_is_not_done_while_a_required_one_has_no_file(house, draft):
    assert lacking(draft)["papers"].words == "必交的已齐"
    Evidence.objects.filter(enterprise=draft.enterprise).update(kind=Concat("kind", Value("-x")))
    asked = sum(bool(row["required"]) for row in draft.call.documents)
    assert lacking(draft)["papers"].words == f"还缺 {asked} 份必交材料"
    assert f"还缺 {asked} 份必交材料" in step(house, draft, "basic")


def test_the_page_that_submits_names_what_is_missing_and_what_follows_and_files_all_the_same(house, draft):
    Figure.objects.filter(enterprise=draft.enterprise, name="rd_expense").delete()
    page = step(house, filled(draft), "declaration")
    assert "上年度研发费用" in page and "须由审核人员判断，可能退回补正" in page
    assert f'href="/my/applications/{draft.public_id}/finance/"' in page
    assert apply.submit(draft, actor=member()).number == 1


def test_an_application_without_a_single_figure_is_refused_with_what_why_and_how(house, draft):
    Figure.objects.filter(enterprise=draft.enterprise).delete()
    with pytest.raises(Refused) as told:
        apply.submit(filled(draft), actor=member())
    (problem,) = [p for p in told.value.problems if "没有填任何数据" in p.message]
    assert problem.field in {field.name for field in lacking(draft)["finance"].facts}
    assert "审核人员也无从判断" in problem.message and "经济效益指标" in problem.clause and "审计报告" in problem.hint
    answer = house.signed_in("qiye-wang").post(f"/my/applications/{draft.public_id}/submit/")
    page = answer.content.decode()
    assert answer.status_code == 422 and "没有填任何数据" in page
    assert f"/my/applications/{draft.public_id}/finance/" in page
    draft.refresh_from_db()
    assert (draft.state, draft.answers["overview"]) == ("draft", ANSWERS["overview"])
    apply.save(draft, {"revenue_y0": "3200"}, seen_version=draft.draft_version, actor=member())
    assert apply.submit(draft, actor=member()).facts["revenue_y0"] == "3200"


def test_the_printed_checklist_names_the_same_gaps(draft):
    Figure.objects.filter(enterprise=draft.enterprise, name="rd_expense").delete()
    printed = pypdfium2.PdfDocument(papers.checklist(draft))
    text = "".join(page.get_textpage().get_text_range() for page in printed)
    assert "必填项都有了" not in text and "研发费用" in text


def test_of_a_returned_case_only_what_was_unlocked_is_missing(house):
    case = Application.objects.filter(state="returned").order_by("pk")[0]
    Figure.objects.filter(enterprise=case.enterprise).delete()
    named = {field.name for lack in lacking(case).values() for field in (*lack.required, *lack.facts)}
    assert named <= set(case.unlocked)
