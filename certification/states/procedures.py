"""What stands beside a case: experts, objection, letter, meeting, reconsideration, visit, other departments."""

from foundation.transitions import Label, States, Transition

ROUND = States(
    name="round",
    initial="drawing",
    labels={
        "drawing": Label("待抽取", "待抽取", "核对案件和评分表后抽取专家", "draft"),
        "declaring": Label("回避申报中", "请申报回避", "专家逐件申报后开始评分", "progress"),
        "scoring": Label("评分中", "评分中", "评分全部封存后结束本轮", "progress"),
        "closed": Label("已结束，评分已启封", "已结束", "评分供审核参考，不代替审核意见", "ended"),
        "cancelled": Label("已作废", "已作废", "抽取记录仍然公开", "ended"),
    },
    transitions=(
        Transition("draw", ("drawing",), "declaring", "抽取专家", audience="office"),
        Transition("open_scoring", ("declaring",), "scoring", "开始评分", audience="office"),
        Transition("close", ("scoring",), "closed", "结束本轮并启封", audience="office"),
        Transition(
            "cancel", ("drawing", "declaring", "scoring"), "cancelled", "作废本轮", needs_reason=True, audience="office"
        ),
    ),
)

ASSIGNMENT = States(
    name="assignment",
    initial="drawn",
    labels={
        "drawn": Label("待申报", "请先申报回避", "申报没有利害关系后可以评分", "needs_you"),
        "declared": Label("已申报，待评分", "待评分", "评分阶段打开后提交评分", "progress"),
        "scored": Label("评分已封存", "已提交并封存", "本轮结束后启封", "granted"),
        "recused": Label("已回避", "已回避", "由同一次抽取的下一位接替", "ended"),
    },
    transitions=(
        Transition("declare", ("drawn",), "declared", "申报没有利害关系", audience="office"),
        Transition("score", ("declared",), "scored", "提交评分", audience="office"),
        Transition("recuse", ("drawn", "declared"), "recused", "回避", needs_reason=True, audience="office"),
    ),
)

OBJECTION = States(
    name="objection",
    initial="received",
    labels={
        "received": Label("待核查", "已收到", "由公示机关核查", "needs_you"),
        "under_examination": Label("核查中", "核查中", "核查后书面答复，结果在这里查看", "progress"),
        "upheld": Label("异议成立", "异议成立", "由公示机关依规处理该企业的申请", "refused"),
        "dismissed": Label("异议不成立", "异议不成立", "该企业的申请恢复办理", "granted"),
        "withdrawn": Label("异议人已撤回", "已撤回", "", "ended"),
    },
    transitions=(
        Transition("take_up", ("received",), "under_examination", "开始核查", audience="office"),
        Transition("uphold", ("under_examination",), "upheld", "认定异议成立", needs_reason=True, audience="office"),
        Transition(
            "dismiss", ("under_examination",), "dismissed", "认定异议不成立", needs_reason=True, audience="office"
        ),
        Transition("withdraw", ("received", "under_examination"), "withdrawn", "撤回异议", audience="office"),
    ),
)

OPEN_OBJECTION = ("received", "under_examination")
OPEN_RECONSIDERATION = ("requested", "under_way")

LETTER = States(
    name="letter",
    initial="draft",
    labels={
        "draft": Label("拟稿", "", "另一人签发", "draft"),
        "signed": Label("已签发，待送达", "", "送达后企业才能看到", "progress"),
        "served": Label("已送达", "已送达", "可查看理由和救济途径", "granted"),
        "discarded": Label("已作废", "", "", "ended"),
    },
    transitions=(
        Transition("sign", ("draft",), "signed", "签发", audience="office"),
        Transition("take_back", ("signed",), "draft", "退回重拟", needs_reason=True, audience="office"),
        Transition("serve", ("signed",), "served", "送达"),
        Transition("discard", ("draft", "signed"), "discarded", "作废", needs_reason=True, audience="office"),
    ),
)

MEETING = States(
    name="meeting",
    initial="planned",
    labels={
        "planned": Label("筹备", "", "开会后成员表决", "draft"),
        "in_session": Label("开会中", "", "逐件表决，由主持人宣布结论", "progress"),
        "closed": Label("已闭会", "", "结论一并执行，再起草文书", "granted"),
        "cancelled": Label("已取消", "", "", "ended"),
    },
    transitions=(
        Transition("open", ("planned",), "in_session", "开会", audience="office"),
        Transition("close", ("in_session",), "closed", "闭会", audience="office"),
        Transition("cancel", ("planned",), "cancelled", "取消会议", needs_reason=True, audience="office"),
    ),
)

RECONSIDERATION = States(
    name="reconsideration",
    initial="requested",
    labels={
        "requested": Label("待受理", "已提交", "由没有参与原决定的人员决定是否受理", "needs_you"),
        "under_way": Label("复审中", "复审中", "复审决定会书面送达", "progress"),
        "not_admitted": Label("不予受理", "不予受理", "可查看理由", "refused"),
        "maintained": Label("维持原决定", "维持原决定", "可查看理由和救济途径", "refused"),
        "set_aside": Label("撤销原决定", "撤销原决定", "可以在原批次重新提交", "granted"),
        "withdrawn": Label("企业已撤回", "已撤回", "", "ended"),
    },
    transitions=(
        Transition("admit", ("requested",), "under_way", "受理"),
        Transition("turn_down", ("requested",), "not_admitted", "不予受理", needs_reason=True),
        Transition("maintain", ("under_way",), "maintained", "维持原决定", needs_reason=True),
        Transition("set_aside", ("under_way",), "set_aside", "撤销原决定", needs_reason=True),
        Transition("withdraw", ("requested", "under_way"), "withdrawn", "撤回复审请求"),
    ),
)

VISIT = States(
    name="visit",
    initial="chosen",
    labels={
        "chosen": Label("待安排", "", "约定时间后告知企业", "draft"),
        "planned": Label("已约定", "已约定实地核查", "请准备原件，安排熟悉情况的人员", "needs_you"),
        "finished": Label("待企业确认", "请您确认核查记录", "看过记录后确认，或写明不确认的理由", "needs_you"),
        "countersigned": Label("企业已确认", "已确认", "核查记录供审核参考", "granted"),
        "not_signed": Label("企业未确认", "未确认，理由已存档", "核查记录和您的理由一并供审核参考", "ended"),
        "cancelled": Label("已取消", "已取消", "", "ended"),
    },
    transitions=(
        Transition("plan", ("chosen",), "planned", "约定时间"),
        Transition("replan", ("planned",), "planned", "改期"),
        Transition("finish", ("planned",), "finished", "结束核查"),
        Transition("sign", ("finished",), "countersigned", "企业确认"),
        Transition("decline", ("finished",), "not_signed", "企业不确认", needs_reason=True),
        Transition("cancel", ("chosen", "planned"), "cancelled", "取消核查", needs_reason=True),
    ),
)

CONSULTATION = States(
    name="consultation",
    initial="asked",
    labels={
        "asked": Label("等部门答复", "请答复", "期限内没有答复的转为人工核实", "needs_you"),
        "answered": Label("已答复", "已答复", "不是“没有”的，由人工判断", "granted"),
        "silent": Label("没有答复，待人工", "已过期限，仍可答复", "不视为“没有”，由人工判断", "refused"),
        "taken_back": Label("已撤回", "已撤回", "", "ended"),
    },
    transitions=(
        Transition("answer", ("asked", "silent"), "answered", "答复", audience="office"),
        Transition("fall_silent", ("asked",), "silent", "期满没有答复", audience="office"),
        Transition("rule", ("answered",), "answered", "人工判断", needs_reason=True, audience="office"),
        Transition("rule_early", ("asked",), "asked", "不等答复的人工判断", needs_reason=True, audience="office"),
        Transition("rule_silence", ("silent",), "silent", "对没有答复的人工判断", needs_reason=True, audience="office"),
        Transition("take_back", ("asked", "silent"), "taken_back", "撤回", needs_reason=True, audience="office"),
    ),
)
