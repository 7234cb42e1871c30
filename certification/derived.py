"""What the printed form says and nobody is asked: it follows from what was filed."""

from decimal import Decimal

from certification.answers import number_in
from certification.models import Application, Submission
from certification.tiers import Tier
from certification.years import figure, ratio

SIZES = {"large": "大型", "medium": "中型", "small": "小型", "micro": "微型"}


def derived(step: str, application: Application, submission: Submission) -> list[tuple[str, str]]:
    """(label, words) to stand at the end of a step of the 申请书; the self-assessment of 创新型 has none of them.

    企业规模 is the class by 工信部联企业〔2011〕300号 that the rules found; a missing figure leaves it open.
    """
    if application.tier == Tier.INNOVATIVE:
        return []
    if step == "basic":
        size = SIZES.get(str(submission.result.get("size")), "")
        return [("企业规模（系统按300号文核算）", size or "缺划型数据，核算不出")]
    if step == "specialisation":
        income: Decimal | None = number_in(submission.answers.get("main_product_revenue"))
        return [("主导产品收入占营业收入", ratio(income, figure(submission, "revenue_y0"), "share"))]
    return []
