"""A mark on a paper is found again: its link opens the paper at its page and frame, however often the firm has filed since."""

import re
from html import unescape

import pytest

from certification import highlight
from certification.models import Application, Submission
from certification.views import evidence
from enterprises.models import Evidence
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

COUNTY = "64/6401/640104"


@pytest.fixture
def house(db, world, monkeypatch):
    monkeypatch.setattr(evidence.preview, "page_count", lambda paper: 9)
    with scoped(Principal.system("test")):
        yield


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def case(house):
    return Application.objects.filter(state="screening", region_path=COUNTY).order_by("pk").first()


def filed_again(case, papers):
    """The firm files once more, with these papers."""
    last = case.submissions.first()
    return Submission.objects.create(
        application=case, enterprise_id=case.enterprise_id, region_path=case.region_path, number=last.number + 1,
        answers=last.answers, facts=last.facts, sources=last.sources, conflicts=last.conflicts, listed=last.listed,
        evidence=papers, content_hash=last.content_hash, result=last.result, submitted_at=clock.now(),
        submitted_by_name=last.submitted_by_name,
    )  # fmt: skip


def mark(case, paper, page=4, note="与审计报告一致"):
    code = case.submissions.first().result["criteria"][-1]["code"]
    return highlight.highlight(case, paper["sha256"], page, note, actor=who("xingqing"), box=(10, 20, 300, 40), criterion=code)  # fmt: skip


def link_of(page, note):
    """Where the entry with this note leads."""
    entry = next(
        part for part in re.findall(r"<li>.*?</li>", page, re.S) if note in part and 'class="marks"' not in part
    )
    return unescape(re.search(r'href="([^"]+)"', entry)[1])


def opened(world, url):
    """(paper, page, frames drawn on it) behind an address."""
    answer = world.signed_in("xingqing").get(url.partition("#")[0])
    drawn = re.findall(r'<rect id="(mark-[^"]+)"', answer.content.decode())
    return answer.context["paper"].public_id, answer.context["page"], drawn


def desk(world, case):
    return world.signed_in("xingqing").get(f"/desk/cases/{case.public_id}/").content.decode()


def test_the_link_of_a_mark_opens_its_paper_at_its_page_and_frame_from_wherever_one_stands(world, case):
    papers = case.submissions.first().evidence
    assert len(papers) > 1
    for paper in papers:
        made = mark(case, paper, note=f"看{paper['public_id']}")
        url = link_of(desk(world, case), made.note)
        assert url.endswith(f"#mark-{made.public_id}")
        assert opened(world, url) == (paper["public_id"], 4, [f"mark-{made.public_id}"])


def test_a_mark_stays_with_the_same_file_although_the_firm_has_filed_it_again_as_another_paper(world, case):
    paper = case.submissions.first().evidence[0]
    made = mark(case, paper)
    row = Evidence.objects.get(public_id=paper["public_id"])
    row.pk, row.public_id, row.kind, row._state.adding = None, "thesamefileagain", "other", True
    row.save()
    filed_again(case, [paper | {"public_id": row.public_id, "kind": "other"}])
    url = link_of(desk(world, case), made.note)
    assert opened(world, url) == (row.public_id, 4, [f"mark-{made.public_id}"])
    assert opened(world, url.replace(row.public_id, paper["public_id"]))[1:] == (4, [f"mark-{made.public_id}"])


def test_a_mark_on_a_paper_of_two_versions_ago_is_still_reached_and_the_version_is_named(world, case):
    first, *others = case.submissions.first().evidence
    made, number = mark(case, first), case.submissions.first().number
    filed_again(case, others)
    filed_again(case, others)
    page = desk(world, case)
    assert f"第 {number} 版的材料" in page
    url = link_of(page, made.note)
    assert opened(world, url) == (first["public_id"], 4, [f"mark-{made.public_id}"])
    assert (
        f"{first['title']}（第 {number} 版的材料）"
        in world.signed_in("xingqing").get(url.partition("#")[0]).content.decode()
    )


def test_a_refused_mark_leaves_the_page_open_where_it_was_and_keeps_the_words(world, case):
    paper = case.submissions.first().evidence[-1]
    off = {
        "paper": paper["public_id"],
        "page": "7",
        "left": "900",
        "top": "0",
        "width": "200",
        "height": "10",
        "note": "写了很久",
    }
    answer = world.signed_in("xingqing").post(f"/desk/cases/{case.public_id}/highlights/", off)
    assert (answer.status_code, answer.context["paper"].public_id, answer.context["page"]) == (
        422,
        paper["public_id"],
        7,
    )
    assert 'name="note" maxlength="300" value="写了很久"' in answer.content.decode()


def test_the_marks_of_all_papers_cost_one_question_however_many_there_are(world, case, django_assert_num_queries):
    for page in (1, 2, 3):
        mark(case, case.submissions.first().evidence[0], page, note="数一数")
    filed, actor = list(case.submissions.all()), who("xingqing")
    with django_assert_num_queries(1):
        told = highlight.highlights_of(case, filed, actor=actor)
    assert [m.mark.page for m in told if m.mark.note == "数一数"] == [1, 2, 3]
