"""Papers of the demo: they look like what they stand for, carry this firm's invented figures, and say that they prove nothing."""

import hashlib
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf

from certification.papers import render
from certification.standing import plain_standing
from certification.tiers import Tier
from enterprises.attach import TYPES, keep
from enterprises.models import Enterprise, Evidence
from foundation import clock

PAPERS = {
    Tier.INNOVATIVE: (("licence", "营业执照"), ("audit", "上年度审计报告（已赋码）"), ("social", "上年12月社保缴费人数证明")),
    Tier.SPECIALISED: (("licence", "营业执照"), ("audit", "近两年审计报告（已赋码）"), ("rd_audit", "研发费用专项审计报告"), ("credit", "公共信用报告")),
    Tier.LITTLE_GIANT: (("licence", "营业执照"), ("audit", "近三年审计报告（已赋码）"), ("share", "市场占有率说明"), ("rd", "研发机构设立文件")),
    Tier.CHAMPION: (("licence", "营业执照"), ("audit", "近三年审计报告（已赋码）"), ("share", "全球市场占有率说明")),
}  # fmt: skip

TABLES: dict[str, tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = {
    "audit": (
        ("资产负债表（年末）", (("资产总额", "total_assets_y0"), ("负债总额", "total_liabilities_y0"))),
        (
            "利润表",
            (("营业收入", "revenue_y0"), ("其中：主营业务收入", "main_revenue_y0"), ("净利润", "net_profit_y0")),
        ),
        ("上年比较数", (("营业收入", "revenue_y1"), ("其中：主营业务收入", "main_revenue_y1"))),
    ),
    "rd_audit": (
        ("研发费用明细表", (("上年度研发费用合计", "rd_expense_y0"), ("上上年度研发费用合计", "rd_expense_y1"))),
    ),
    "social": (("社会保险缴费人数", (("12月缴费人数", "employees_y0"), ("其中研发人员", "rd_staff_y0"))),),
}
"""kind → pages of (heading, (label, fact))."""


def one_page(words: str) -> bytes:
    """A valid one-page PDF whose title carries the words."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Title"] = words
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def lay_papers(enterprise: Enterprise, tier: str, *, drawn: bool = False) -> None:
    """The call's papers in the firm's vault; `drawn` ones carry its figures, the others are one specimen for everybody."""
    rows = []
    facts = plain_standing(enterprise, clock.today()) if drawn else {}
    for kind, title in PAPERS[Tier(tier)]:
        content = draw(enterprise, kind, title, facts) if drawn else specimen(title)
        sha = hashlib.sha256(content).hexdigest()
        keep(content, sha)
        rows.append(
            Evidence(
                enterprise=enterprise, kind=kind, title=f"{title}（演示）", original_name=f"{title}.pdf", media_type=TYPES[".pdf"],
                size=len(content), sha256=sha, uploaded_at=clock.now(),
            )
        )  # fmt: skip
    Evidence.objects.bulk_create(rows, ignore_conflicts=True)


@cache
def specimen(title: str) -> bytes:
    """A title page that says what would be here; a blank one would look as if the page had not been loaded."""
    return render(
        "demo_paper",
        {"title": title, "name": "示例材料，不属于任何企业", "code": "", "year": clock.today().year - 1, "pages": []},
    )


def draw(enterprise: Enterprise, kind: str, title: str, facts: dict[str, Any]) -> bytes:
    pages = [
        {
            "heading": heading,
            "rows": [(label, f"{facts[name]}") for label, name in lines if facts.get(name) is not None],
        }
        for heading, lines in TABLES.get(kind, (("证明事项", ()),))
    ]
    return render(
        "demo_paper",
        {
            "title": title,
            "name": enterprise.name,
            "code": enterprise.credit_code,
            "year": clock.today().year - 1,
            "pages": pages,
        },
    )
