"""Letters and minutes as documents to work on: the layout of an official document, nobody's name in the properties."""

from io import BytesIO

import pytest
from docx import Document
from docx.shared import Pt

from certification import word
from certification.models import Letter, Meeting
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


def words(content):
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]


def test_a_letter_has_its_reasons_with_clause_and_the_remedies(house):
    letter = Letter.objects.filter(kind="refusal").order_by("id").first()
    told = "\n".join(words(word.letter_docx(letter)))
    for part in (letter.title, letter.application.enterprise_name, "一、决定和理由", "二、逐条理由", "三、救济告知"):
        assert part in told
    for row in (row for row in letter.reasons if row["found"] != "met"):
        assert f"{row['title']}（{row['clause']}）" in told
    assert ("草稿，未送达" in told) == (letter.state != "served")


def test_the_page_is_laid_out_as_an_official_document(house):
    paper = Document(BytesIO(word.letter_docx(Letter.objects.order_by("id").first())))
    section, body = paper.sections[0], paper.paragraphs[-1]
    assert [round(side.mm) for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)] == [
        37, 35, 28, 26,
    ]  # fmt: skip
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (body.paragraph_format.line_spacing, body.runs[0].font.size) == (Pt(28), Pt(16))


def test_the_properties_name_nobody_and_two_copies_are_alike(house):
    letter = Letter.objects.order_by("id").first()
    told = Document(BytesIO(word.letter_docx(letter))).core_properties
    assert (told.author, told.last_modified_by, told.comments) == ("", "", "")
    assert words(word.letter_docx(letter)) == words(word.letter_docx(letter))


def test_words_that_xml_cannot_carry_are_left_out(house):
    letter = Letter.objects.order_by("id").first()
    letter.ground = "理由\x00\x08一\ud800"
    assert any("理由一" in line for line in words(word.letter_docx(letter)))


def test_minutes_are_the_minutes_and_before_the_close_the_agenda(house):
    meeting = Meeting.objects.order_by("id").first()
    meeting.minutes = ""
    assert any(line.startswith("组成人员：") for line in words(word.minutes_docx(meeting)))
    meeting.minutes = "会议审议2件申请，结论如下：\n1．某公司：同意。"
    assert "1．某公司：同意。" in words(word.minutes_docx(meeting))


def test_the_doors_are_those_of_the_desk(house):
    letter, meeting = Letter.objects.order_by("id").first(), Meeting.objects.order_by("id").first()
    for address in (
        f"/desk/postings/letters/{letter.public_id}/letter.docx",
        f"/desk/postings/meetings/{meeting.public_id}/minutes.docx",
    ):
        answer = house.signed_in("sheng-shenhe").get(address)
        assert answer.status_code in (200, 404) and house.signed_in("qiye-wang").get(address).status_code == 404
    answer = house.signed_in("sheng-shenhe").get(f"/desk/postings/meetings/{meeting.public_id}/minutes.docx")
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
