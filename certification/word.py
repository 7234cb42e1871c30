"""决定文书 and 会议纪要 as docx in the layout of an official document (GB/T 9704: margins, 三号仿宋, 28 磅行距, 首行缩进).

A copy to be worked on; what was served is the PDF with its hash.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from certification.letter import FOUND, REMEDY_OPEN
from certification.meeting_pack import Case
from certification.models import Letter, Meeting
from enterprises.words import cn

BODY, HEADING, TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
SIZE, TITLE_SIZE, LINE, SMALL = Pt(16), Pt(22), Pt(28), Pt(10.5)
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""A file made twice is the same file: no time of making, and nobody's name."""


def begin() -> Paper:
    """An empty A4 page with the margins of an official document: 37, 35, 28 and 26 mm."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    told = paper.core_properties
    told.author = told.last_modified_by = told.comments = ""
    told.created = told.modified = NO_DAY
    return paper


def line(
    paper: Paper, text: str, *, font: str = BODY, size: Pt = SIZE, align: str = "left", indent: bool = True
) -> None:
    """One paragraph; characters that XML cannot carry are left out."""
    paragraph = paper.add_paragraph()
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    shape.space_before = shape.space_after = Pt(0)
    shape.alignment = {
        "left": WD_ALIGN_PARAGRAPH.JUSTIFY,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
    }[align]
    if indent:
        shape.first_line_indent = Pt(32)
    write(paragraph, text, font, size)


def write(paragraph: Paragraph, text: str, font: str, size: Pt) -> None:
    run = paragraph.add_run("".join(c for c in text if " " <= c < "\ud800" or "\udfff" < c < "\ufffe" or c > "\uffff"))
    run.font.size, run.font.name = size, font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def finished(paper: Paper) -> bytes:
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def letter_docx(letter: Letter) -> bytes:
    """The decision letter with its reasons per criterion and the remedies, as it stands now; a draft says so."""
    application = letter.application
    paper = begin()
    if letter.state != "served":
        line(paper, "（草稿，未送达）", align="right", indent=False)
    if letter.kind == "refusal" and REMEDY_OPEN in letter.remedy:
        line(paper, "（样张：救济告知未经法制机构确认，不作正式文书）", align="right", indent=False)
    line(paper, letter.title, font=TITLE, size=TITLE_SIZE, align="center", indent=False)
    line(paper, letter.number or "〔文号〕", align="center", indent=False)
    line(paper, f"{application.enterprise_name}（统一社会信用代码 {application.credit_code}）：", indent=False)
    line(
        paper,
        f"你单位提交的申请（受理编号 {application.receipt_number or ''}，第 {letter.submission_number} 版）已审核完毕，"
        f"适用标准 {application.rule_set_code}。现将决定和理由告知如下。",
    )
    line(paper, "一、决定和理由", font=HEADING)
    for part in (letter.ground or "〔待填写〕").splitlines():
        line(paper, part)
    line(paper, "二、逐条理由", font=HEADING)
    listed = [row for row in letter.reasons if letter.kind == "grant" or row["found"] != "met"]
    for place, row in enumerate(listed, start=1):
        line(paper, f"{place}．{row['title']}（{row['clause']}）：{FOUND[row['found']]}。{row['text']}")
    if len(letter.reasons) > len(listed):
        line(paper, f"其余 {len(letter.reasons) - len(listed)} 条经审核满足，不再逐条列出。")
    if letter.remedy:
        line(paper, "三、救济告知", font=HEADING)
        for part in letter.remedy.splitlines():
            line(paper, part)
    line(paper, "", indent=False)
    line(paper, letter.office_name, align="right", indent=False)
    if letter.served_at:
        line(paper, cn(letter.served_at.astimezone()), align="right", indent=False)
    return finished(paper)


def minutes_docx(meeting: Meeting, cases: Sequence[Case] = ()) -> bytes:
    """The minutes as they were drawn up at the close of the meeting; before that, the agenda with what is known of each case."""
    paper = begin()
    line(
        paper,
        f"{meeting.title}{'纪要' if meeting.minutes else '议程'}",
        font=TITLE,
        size=TITLE_SIZE,
        align="center",
        indent=False,
    )
    line(paper, f"{cn(meeting.held_on)}　{meeting.place or ''}".strip(), align="center", indent=False)
    if meeting.minutes:
        for part in meeting.minutes.splitlines():
            line(paper, part)
    else:
        members = "、".join(m.name + ("（主持）" if m.is_chair else "") for m in meeting.members.all())
        line(paper, f"组成人员：{members}")
        for item in meeting.items.select_related("application"):
            line(paper, f"{item.place}．{item.application.enterprise_name}")
        for case in cases:
            case_on(paper, case)
    return finished(paper)


COLUMNS = (("条件和依据", 36), ("企业主张和来源", 40), ("机器核算", 36), ("各级判断", 44))
"""Heading and width in millimetres; together the width between the margins."""


def case_on(paper: Paper, case: Case) -> None:
    """One case of the agenda pack: what it is, its hard conditions as a table, and what was gathered beside them."""
    line(paper, f"{case.place}．{case.name}（{case.code}）", font=HEADING)
    for label, words in case.facts:
        line(paper, f"{label}：{words}")
    table = paper.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    for place, (heading, _) in enumerate(COLUMNS):
        write(table.rows[0].cells[place].paragraphs[0], heading, HEADING, SMALL)
    repeat = table.rows[0]._tr.get_or_add_trPr()
    repeat.append(repeat.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for one in case.conditions:
        told = (f"{one.title}（{one.clause}）", f"{one.claim}（{one.source}）", one.machine, one.offices)
        for cell, words in zip(table.add_row().cells, told, strict=True):
            write(cell.paragraphs[0], words, BODY, SMALL)
    for row in table.rows:
        for cell, (_, width) in zip(row.cells, COLUMNS, strict=True):
            cell.width = Mm(width)
    for heading, lines in case.parts:
        line(paper, heading, font=HEADING)
        for words in lines or ("没有。",):
            line(paper, words)
