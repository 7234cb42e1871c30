"""States of an entitlement: open while the title it comes from is valid."""

from foundation.transitions import Label, States, Transition

ENTITLEMENT = States(
    name="entitlement",
    initial="open",
    labels={
        "open": Label("可享受", "可享受", "按责任部门的渠道办理", "granted"),
        "ended": Label("已结束", "已结束", "称号结束，已经兑现的不受影响", "ended"),
    },
    transitions=(
        Transition("end", ("open",), "ended", "随称号结束", needs_reason=True),
        Transition("reopen", ("ended",), "open", "随称号恢复", needs_reason=True),
    ),
)
