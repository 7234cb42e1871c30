"""States with three labels each (the officer's, the applicant's, what comes next) and the edges between them."""

from foundation.transitions import Label, States, Transition

APPLICATION = States(
    name="application",
    initial="draft",
    labels={
        "draft": Label("企业填报中", "草稿", "填完后提交，截止时间以批次通知为准", "draft"),
        "screening": Label("初审", "初审中", "县（区）或开发区核对材料后推荐", "progress"),
        "city_review": Label("市级审核", "市级审核中", "市级审核后推荐到自治区", "progress"),
        "province_review": Label("自治区审核", "自治区审核中", "自治区审核后公示或推荐", "progress"),
        "returned": Label("退回补正", "需要您补正", "按退回意见更正后重新提交", "needs_you"),
        "posted": Label("公示中", "公示中", "公示期满无异议的，进入公告", "progress"),
        "decided": Label("公示期满，待公告", "公示期满，待公告", "公告后生成证书", "progress"),
        "granted": Label("已公告", "已公告", "按年度更新信息，到期前申请复核", "granted"),
        "recommended": Label("已推荐到工信部", "已推荐", "由工业和信息化部审核，以国家公告为准", "progress"),
        "national_granted": Label("国家已认定", "国家已认定", "以工业和信息化部公告为准", "granted"),
        "national_refused": Label("国家未认定", "国家未认定", "可查看意见，符合条件后再申请", "refused"),
        "refused": Label("不予推荐或认定", "未通过", "可查看理由和救济途径", "refused"),
        "withdrawn": Label("企业已撤回", "已撤回", "窗口开放期间可以重新申请", "ended"),
    },
    transitions=(
        Transition("submit", ("draft",), "screening", "提交申请"),
        Transition("resubmit_screening", ("returned",), "screening", "补正后重新提交"),
        Transition("resubmit_city", ("returned",), "city_review", "补正后重新提交"),
        Transition("resubmit_province", ("returned",), "province_review", "补正后重新提交"),
        Transition("recommend_to_city", ("screening",), "city_review", "初审通过，报市级"),
        Transition("recommend_to_province", ("screening", "city_review"), "province_review", "推荐到自治区"),
        Transition(
            "return_for_correction",
            ("screening", "city_review", "province_review"),
            "returned",
            "退回补正",
            needs_reason=True,
        ),
        Transition(
            "refuse",
            ("screening", "city_review", "province_review", "posted", "decided"),
            "refused",
            "不予推荐或认定",
            needs_reason=True,
        ),
        Transition("post", ("province_review",), "posted", "列入公示"),
        Transition("close_posting", ("posted",), "decided", "公示期满"),
        Transition("grant", ("decided",), "granted", "公告"),
        Transition("recommend_to_ministry", ("province_review",), "recommended", "推荐到工信部"),
        Transition("record_national_grant", ("recommended",), "national_granted", "登记国家认定结果"),
        Transition("record_national_refusal", ("recommended",), "national_refused", "登记国家未认定"),
        Transition(
            "withdraw", ("draft", "screening", "city_review", "province_review", "returned"), "withdrawn", "撤回申请"
        ),
    ),
)

ACTIVE = ("draft", "screening", "city_review", "province_review", "returned", "posted", "decided", "recommended")
IN_REVIEW = ("screening", "city_review", "province_review")
DESK_OF = {"screening": ("county", "zone"), "city_review": ("city",), "province_review": ("province",)}

CALL = States(
    name="call",
    initial="draft",
    labels={
        "draft": Label("拟稿", "未发布", "发布后企业才能看到", "draft"),
        "published": Label("已发布", "已发布", "窗口期内可以提交", "progress"),
        "closed": Label("已结束", "已结束", "不再接受新的申请", "ended"),
    },
    transitions=(
        Transition("publish", ("draft",), "published", "发布批次", audience="public"),
        Transition("close", ("published",), "closed", "结束批次", audience="public"),
    ),
)

POSTING = States(
    name="posting",
    initial="draft",
    labels={
        "draft": Label("拟稿", "未发布", "发布后开始公示", "draft"),
        "running": Label("公示中", "公示中", "公示期满后进入公告", "progress"),
        "ended": Label("公示期满", "公示期满", "由公告部门公告", "ended"),
        "cancelled": Label("已撤销", "已撤销", "", "ended"),
    },
    transitions=(
        Transition("start", ("draft",), "running", "开始公示", audience="public"),
        Transition("end", ("running",), "ended", "公示期满", audience="public"),
        Transition("cancel", ("draft", "running"), "cancelled", "撤销公示", needs_reason=True, audience="public"),
    ),
)

CERTIFICATE = States(
    name="certificate",
    initial="valid",
    labels={
        "valid": Label("有效期内", "有效期内", "按年度更新信息，到期前申请复核", "granted"),
        "expired": Label("有效期已满", "有效期已满", "可以按当年通知重新申请", "ended"),
        "renewed": Label("已由新证书接续", "已由新证书接续", "请查看新证书", "ended"),
        "withdrawn": Label("企业自愿放弃", "企业自愿放弃", "可以按当年通知重新申请", "ended"),
        "not_renewed": Label(
            "复核未通过，未延续", "复核未通过，未延续", "可查看复核决定和救济途径，条件具备后可以重新申请", "ended"
        ),
        "migrated": Label("已迁出本自治区", "已迁出本自治区", "请与迁入地主管部门衔接", "ended"),
        "dissolved": Label("主体已终止", "主体已终止", "", "ended"),
        "absorbed": Label("由更高层级称号接续", "由更高层级称号接续", "请查看更高层级的证书", "ended"),
        "revoked": Label("已取消", "已取消", "可查看决定和救济途径", "refused"),
    },
    transitions=(
        Transition("expire", ("valid",), "expired", "有效期满", audience="public"),
        Transition("renew", ("valid", "expired"), "renewed", "复核通过，换发新证书", audience="public"),
        Transition("give_up", ("valid",), "withdrawn", "企业自愿放弃", needs_reason=True, audience="public"),
        Transition("not_renew", ("valid",), "not_renewed", "复核未通过，有效期满", audience="public"),
        Transition("migrate", ("valid",), "migrated", "迁出本自治区", needs_reason=True, audience="public"),
        Transition("dissolve", ("valid",), "dissolved", "主体终止", needs_reason=True, audience="public"),
        Transition("absorb", ("valid",), "absorbed", "由更高层级称号接续", audience="public"),
        Transition("revoke", ("valid",), "revoked", "取消称号", needs_reason=True, audience="public"),
    ),
)

LEFT = ("expired", "withdrawn", "not_renewed", "migrated", "dissolved", "revoked")
"""A title in one of these has left the ladder; a renewed or absorbed one goes on in another title."""
WAS_HELD = ("valid", "renewed", "expired", "not_renewed", "absorbed")
"""Held to the last valid day; the other ends cut the days short."""

RULE_SET = States(
    name="rule_set",
    initial="draft",
    labels={
        "draft": Label("草稿", "未发布", "由另一人复核后发布", "draft"),
        "published": Label("已发布", "已发布", "内容不可更改；修订须另起版本", "granted"),
        "retired": Label("已停用", "已停用", "历史结论不受影响", "ended"),
    },
    transitions=(
        Transition("publish", ("draft",), "published", "发布规则", audience="public"),
        Transition("retire", ("published",), "retired", "停用规则", needs_reason=True, audience="public"),
    ),
)

INTERPRETATION = States(
    name="interpretation",
    initial="asked",
    labels={
        "asked": Label("待答复", "待答复", "自治区答复后公开，各级照此办理", "needs_you"),
        "answered": Label("已答复", "现行口径", "填报和审核时显示在对应条件旁", "granted"),
        "withdrawn": Label("已停止适用", "已停止适用", "历史结论不受影响", "ended"),
    },
    transitions=(
        Transition("answer", ("asked",), "answered", "答复口径", audience="public"),
        Transition("withdraw", ("asked", "answered"), "withdrawn", "停止适用", needs_reason=True, audience="public"),
    ),
)

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
        Transition("discard", ("draft",), "discarded", "作废", needs_reason=True, audience="office"),
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
    },
    transitions=(
        Transition("serve_notice", ("drafted",), "noticed", "送达告知书"),
        Transition("close_hearing", ("noticed",), "heard", "结束陈述申辩"),
        Transition("deliberate", ("heard",), "deliberated", "记录审议意见"),
        Transition("decide", ("deliberated",), "decided", "决定取消", needs_reason=True),
        Transition("announce", ("decided",), "announced", "公告取消", audience="public"),
        Transition("propose", ("deliberated",), "proposed", "决定报建议取消", needs_reason=True),
        Transition("report", ("proposed",), "reported", "报工业和信息化部", needs_reason=True),
        Transition("record_national_end", ("reported",), "ended_nationally", "登记国家取消结果", audience="public"),
        Transition("record_national_keep", ("reported",), "dropped", "登记国家保留结果", needs_reason=True),
        Transition("drop", ("drafted", "noticed", "heard", "deliberated"), "dropped", "不予取消", needs_reason=True),
    ),
)

MAJOR_CHANGE = States(
    name="major_change",
    initial="noted",
    labels={
        "noted": Label("已知发生，企业未报告", "请您报告", "从发生之日起按期限报告，报告当日期限就停", "needs_you"),
        "reported": Label("待核对", "已报告，期限已停", "县（区）核对后办结", "progress"),
        "returned": Label("等企业补充", "请您补充", "按意见补充后再次提交，期限仍按首次报告日计算", "needs_you"),
        "settled": Label("已办结", "已核对", "有关资料已经更新", "granted"),
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
            "帮扶期满未补好", "帮扶期已满，还没有补好", "是否进入退出程序，由认定部门另行告知", "refused"
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
        "asked": Label("待办理", "已提交", "由认定部门核对后办理，办理以前可以撤回", "needs_you"),
        "accepted": Label("已终止", "已办理，称号终止", "", "ended"),
        "turned_down": Label("未办理", "未办理，称号继续有效", "可查看理由", "granted"),
        "taken_back": Label("企业已撤回", "已撤回，称号继续有效", "", "ended"),
    },
    transitions=(
        Transition("accept", ("asked",), "accepted", "办理终止", needs_reason=True),
        Transition("turn_down", ("asked",), "turned_down", "不予办理", needs_reason=True),
        Transition("take_back", ("asked",), "taken_back", "撤回"),
    ),
)

EXTENSION = States(
    name="extension",
    initial="drafted",
    labels={
        "drafted": Label("待签发", "", "由自治区负责人核对故障记录后签发", "needs_you"),
        "signed": Label("已延长", "已延长", "在新的截止时间前提交", "granted"),
        "dismissed": Label("不予延长", "", "", "ended"),
    },
    transitions=(
        Transition("sign", ("drafted",), "signed", "签发延长", needs_reason=True, audience="public"),
        Transition("dismiss", ("drafted",), "dismissed", "不予延长", needs_reason=True, audience="office"),
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
