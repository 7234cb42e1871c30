"""The demo's one figure from another office: the tax office's research spending of a firm whose case is under review."""

from datetime import timedelta
from decimal import Decimal

from enterprises.entry import enter
from enterprises.models import Enterprise
from enterprises.yearly import own_values
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal

SHARE = Decimal("0.96")
"""What the firm calls research and what the tax office accepted as such seldom agree to the last yuan."""


def make_entry() -> None:
    today, actor = clock.today(), Principal.of_user(User.objects.get(username="sheng-shenhe"))
    firm = Enterprise.objects.get(memberships__user__username="qiye-zhang", memberships__state="verified")
    own = Decimal(own_values(firm, today)["rd_expense_y0"])
    told = {
        "name": "rd_expense", "year": today.year - 1, "value": str(round(own * SHARE, 2)), "unit": "万元", "source": "government",
        "issuer": "某市税务局（演示）", "document": "研发费用加计扣除汇总 示例1号", "dated_on": today - timedelta(days=20),
    }  # fmt: skip
    enter(firm, told, actor=actor)
