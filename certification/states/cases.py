"""What is applied for and decided: application, call, list, title, rule text, interpretation."""

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
        "to_refuse": Label("拟不予，文书待送达", "审核中", "送达决定文书后告知企业；送达之前可以撤回", "progress"),
        "refused": Label("不予通过", "未通过", "可查看理由和救济途径", "refused"),
        "withdrawn": Label("企业已撤回", "已撤回", "窗口开放期间可以重新申请", "ended"),
    },
    transitions=(
        Transition("submit", ("draft",), "screening", "提交申请"),
        Transition("submit_to_city", ("draft",), "city_review", "提交申请"),
        Transition("submit_to_province", ("draft",), "province_review", "提交申请"),
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
            "to_refuse",
            "不予通过",
            needs_reason=True,
            audience="office",
        ),
        Transition("serve_refusal", ("to_refuse",), "refused", "送达不予通过的决定"),
        *(
            Transition(
                f"reopen_{stage}", ("to_refuse",), stage, "撤回尚未送达的结论", needs_reason=True, audience="office"
            )
            for stage in ("screening", "city_review", "province_review", "posted", "decided")
        ),
        Transition("post", ("province_review",), "posted", "列入公示"),
        Transition("take_off_list", ("posted",), "province_review", "撤下公示，回到审核", needs_reason=True),
        Transition("close_posting", ("posted",), "decided", "公示期满"),
        Transition("grant", ("decided",), "granted", "公告"),
        Transition("recommend_to_ministry", ("province_review",), "recommended", "推荐到工信部"),
        Transition("record_national_grant", ("recommended",), "national_granted", "登记国家认定结果"),
        Transition("record_national_refusal", ("recommended",), "national_refused", "登记国家未认定"),
        Transition(
            "withdraw",
            ("draft", "screening", "city_review", "province_review", "returned", "to_refuse"),
            "withdrawn",
            "撤回申请",
        ),
    ),
)

ACTIVE = (
    "draft", "screening", "city_review", "province_review", "returned", "to_refuse", "posted", "decided", "recommended",
)  # fmt: skip

IN_REVIEW = ("screening", "city_review", "province_review")

ROUTES = {"county": "县（区）或开发区 → 市 → 自治区", "city": "市或直属开发区 → 自治区", "province": "直接报自治区"}
"""Where a case begins, by the call; a body directly under the province is its own city."""

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

TERM_EXTENSION = States(
    name="term_extension",
    initial="drafted",
    labels={
        "drafted": Label("待签发", "", "由自治区负责人核对故障记录后签发", "needs_you"),
        "signed": Label("已延长", "已延长", "在新的期限前办理", "granted"),
        "dismissed": Label("不予延长", "", "", "ended"),
    },
    transitions=(
        Transition("sign", ("drafted",), "signed", "签发延长", needs_reason=True, audience="office"),
        Transition("dismiss", ("drafted",), "dismissed", "不予延长", needs_reason=True, audience="office"),
    ),
)

POSTING = States(
    name="posting",
    initial="draft",
    labels={
        "draft": Label("拟稿", "未发布", "由另一位负责人公布", "draft"),
        "running": Label("公示中", "公示中", "公示期满后进入公告", "progress"),
        "ended": Label("公示期满", "公示期满", "由公告部门公告", "ended"),
        "cancelled": Label("已撤销", "已撤销", "", "ended"),
    },
    transitions=(
        Transition("start", ("draft",), "running", "开始公示", audience="public"),
        Transition("end", ("running",), "ended", "公示期满", audience="public"),
        Transition("discard", ("draft",), "cancelled", "撤销待公布的名单", needs_reason=True, audience="office"),
        Transition("cancel", ("running",), "cancelled", "撤销公示", needs_reason=True, audience="public"),
    ),
)

RECOMMENDATION_DRAFT = States(
    name="recommendation_draft",
    initial="draft",
    labels={
        "draft": Label("拟稿", "", "由另一位负责人推荐", "draft"),
        "sent": Label("已推荐", "", "", "granted"),
        "discarded": Label("已作废", "", "", "ended"),
    },
    transitions=(
        Transition("send", ("draft",), "sent", "推荐到工信部", audience="office"),
        Transition("discard", ("draft",), "discarded", "作废推荐稿", needs_reason=True, audience="office"),
    ),
)

ANNOUNCEMENT_DRAFT = States(
    name="announcement_draft",
    initial="draft",
    labels={
        "draft": Label("拟稿", "", "由另一位负责人公告", "draft"),
        "signed": Label("已定稿，到点公告", "", "到点自动公告；此前可以收回", "progress"),
        "announced": Label("已公告", "", "", "granted"),
        "discarded": Label("已作废", "", "", "ended"),
    },
    transitions=(
        Transition("sign", ("draft",), "signed", "定稿，到点公告", audience="office"),
        Transition("take_back", ("signed",), "draft", "收回公告", needs_reason=True, audience="office"),
        Transition("announce", ("draft", "signed"), "announced", "公告", audience="office"),
        Transition("discard", ("draft",), "discarded", "作废公告稿", needs_reason=True, audience="office"),
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
        Transition("renew", ("valid", "expired", "not_renewed"), "renewed", "复核通过，换发新证书", audience="public"),
        Transition("give_up", ("valid",), "withdrawn", "企业自愿放弃", needs_reason=True, audience="public"),
        Transition("not_renew", ("valid", "expired"), "not_renewed", "复核未通过，有效期满", audience="public"),
        Transition("migrate", ("valid",), "migrated", "迁出本自治区", needs_reason=True, audience="public"),
        Transition("dissolve", ("valid",), "dissolved", "主体终止", needs_reason=True, audience="public"),
        Transition("absorb", ("valid",), "absorbed", "由更高层级称号接续", audience="public"),
        Transition("revoke", ("valid",), "revoked", "取消称号", needs_reason=True, audience="public"),
        Transition("reinstate", ("revoked",), "valid", "恢复称号", needs_reason=True, audience="public"),
    ),
)

LEFT = ("expired", "withdrawn", "not_renewed", "migrated", "dissolved", "revoked")
"""A title in one of these has left the ladder; a renewed or absorbed one goes on in another title."""

WAS_HELD = ("valid", "renewed", "expired", "not_renewed", "absorbed")
"""Held to the last valid day; the other ends cut the days short."""

CUT_SHORT = ("withdrawn", "migrated", "dissolved", "absorbed", "revoked")
"""Ended before the last valid day: from the day it ended, the tier is free for a new title."""

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
