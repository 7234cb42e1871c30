"""What happens to a title while it is held: changes, reports, help, the ways out."""

from foundation.transitions import Label, States, Transition

EXIT = States(
    name="exit",
    initial="drafted",
    labels={
        "drafted": Label("拟提出", "核实中", "送达告知书后，企业可以陈述申辩", "draft"),
        "noticed": Label("已告知，等陈述申辩", "请您陈述申辩", "在期限内陈述申辩，可以补充材料", "needs_you"),
        "heard": Label("陈述申辩已毕", "已收到您的陈述申辩", "由审议小组审议", "progress"),
        "deliberated": Label("已审议，待决定", "审议完毕", "由另一位负责人决定", "progress"),
        "decided": Label("已决定，待送达公告", "已作出取消决定", "送达后公告，可查看救济途径", "refused"),
        "announced": Label("已公告取消", "称号已取消", "禁报期满后可以重新申请", "ended"),
        "proposed": Label("拟报建议取消", "审议完毕", "报工业和信息化部", "progress"),
        "reported": Label("已报建议取消", "已报工业和信息化部", "以国家公告为准", "progress"),
        "ended_nationally": Label("国家已取消", "国家已取消", "以国家公告为准", "ended"),
        "dropped": Label("不予取消", "不予取消，称号不变", "称号继续有效", "granted"),
        "set_aside": Label("原决定已撤销", "原决定已撤销", "因原决定而设的禁报解除；称号现状见“证照”", "granted"),
    },
    transitions=(
        Transition("serve_notice", ("drafted",), "noticed", "送达告知书"),
        Transition("serve_anew", ("heard", "deliberated"), "noticed", "重新送达告知书"),
        Transition("close_hearing", ("noticed",), "heard", "结束陈述申辩"),
        Transition("deliberate", ("heard",), "deliberated", "记录审议意见"),
        Transition("hear_late", ("deliberated",), "heard", "补入期限内收到的陈述申辩"),
        Transition("decide", ("deliberated",), "decided", "决定取消", needs_reason=True),
        Transition("announce", ("decided",), "announced", "公告取消", audience="public"),
        Transition("propose", ("deliberated",), "proposed", "决定报建议取消", needs_reason=True),
        Transition("report", ("proposed",), "reported", "报工业和信息化部", needs_reason=True),
        Transition("record_national_end", ("reported",), "ended_nationally", "登记国家取消结果", audience="public"),
        Transition("record_national_keep", ("reported",), "dropped", "登记国家保留结果"),
        Transition("drop", ("drafted", "noticed", "heard", "deliberated"), "dropped", "不予取消", needs_reason=True),
        Transition("set_aside", ("decided", "proposed"), "set_aside", "撤销原决定", needs_reason=True),
        Transition("set_aside", ("announced",), "set_aside", "撤销原决定", needs_reason=True, audience="public"),
        Transition(
            "record_national_restore",
            ("ended_nationally",),
            "set_aside",
            "登记国家恢复结果",
            needs_reason=True,
            audience="public",
        ),
    ),
)

EXIT_CLOSED = ("announced", "dropped", "ended_nationally", "set_aside")
"""The procedure is over; in every other state it is open."""

EXIT_UNDONE = ("dropped", "set_aside")
"""Nothing follows from the procedure any more."""

EXIT_PUBLIC = ("announced", "ended_nationally")
"""The titles that the procedure names have ended by it."""

MAJOR_CHANGE = States(
    name="major_change",
    initial="noted",
    labels={
        "noted": Label("已知发生，企业未报告", "请您报告", "从发生之日起按期限报告，报告当日期限就停", "needs_you"),
        "reported": Label("待核对", "已报告，期限已停", "县（区）核对后办结", "progress"),
        "returned": Label("等企业补充", "请您补充", "按意见补充后再次提交，期限仍按首次报告日计算", "needs_you"),
        "settled": Label("已办结", "已核对", "更名的，数据底表已换用新名称；其他资料由企业在数据底表更新", "granted"),
        "withdrawn": Label("企业已撤回", "已撤回", "仍有变化的，请另行报告", "ended"),
    },
    transitions=(
        Transition("report", ("noted",), "reported", "报告"),
        Transition("drop", ("noted",), "withdrawn", "撤销记录", needs_reason=True),
        Transition("settle", ("reported",), "settled", "核对无误，办结", needs_reason=True),
        Transition("send_back", ("reported",), "returned", "请企业补充", needs_reason=True),
        Transition("supplement", ("returned",), "reported", "补充后再次提交"),
        Transition("withdraw", ("reported", "returned"), "withdrawn", "撤回报告", needs_reason=True),
    ),
)

INCIDENT = States(
    name="incident",
    initial="reported",
    labels={
        "reported": Label("待核实", "请您说明情况", "核实以前不影响称号；您可以说明情况、提交材料", "needs_you"),
        "confirmed": Label(
            "属实，待处理", "核实为属实", "先帮扶的，按帮扶事项整改；进入退出程序的，另行告知", "progress"
        ),
        "false_alarm": Label("误报", "核实为误报", "不影响称号，记录保留，不作为任何依据", "granted"),
        "closed": Label("已办结", "已办结", "记录保留，可查看经过", "ended"),
    },
    transitions=(
        Transition("confirm", ("reported",), "confirmed", "核实为属实", needs_reason=True),
        Transition("call_false", ("reported", "confirmed"), "false_alarm", "核实为误报", needs_reason=True),
        Transition("close", ("confirmed",), "closed", "办结", needs_reason=True),
    ),
)

ASSISTANCE = States(
    name="assistance",
    initial="open",
    labels={
        "open": Label("帮扶中", "请您整改，我们协助", "补好后告诉我们；帮扶期内不提出取消", "needs_you"),
        "mended": Label("已补好", "已补好", "称号不受影响", "granted"),
        "not_mended": Label(
            "帮扶期满未补好", "帮扶期已满，还没有补好", "是否进入退出程序，由主管部门另行告知", "refused"
        ),
        "dropped": Label("不需要帮扶", "已撤销", "", "ended"),
    },
    transitions=(
        Transition("mend", ("open",), "mended", "确认已补好", needs_reason=True),
        Transition("conclude", ("open",), "not_mended", "帮扶期满未补好", needs_reason=True),
        Transition("drop", ("open",), "dropped", "撤销帮扶", needs_reason=True),
    ),
)

LEAVING = States(
    name="leaving",
    initial="asked",
    labels={
        "asked": Label("待办理", "已提交", "由主管部门核对后办理，办理以前可以撤回", "needs_you"),
        "accepted": Label("已终止", "已办理，称号终止", "", "ended"),
        "turned_down": Label("未办理", "未办理，称号继续有效", "可查看理由", "granted"),
        "taken_back": Label("已撤回", "已撤回，称号继续有效", "", "ended"),
        "lapsed": Label("称号已另行终止", "称号已经终止，不再办理", "", "ended"),
    },
    transitions=(
        Transition("accept", ("asked",), "accepted", "办理终止", needs_reason=True),
        Transition("turn_down", ("asked",), "turned_down", "不予办理", needs_reason=True),
        Transition("take_back", ("asked",), "taken_back", "撤回"),
        Transition("lapse", ("asked",), "lapsed", "称号已另行终止，不再办理", needs_reason=True),
    ),
)
