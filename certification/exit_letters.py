"""The words of the letters on the way out. A national title is not taken away here: its letters only speak of a proposal."""

from collections.abc import Sequence

from certification import bar
from certification.grounds import cited, grounds
from certification.models import Certificate, Exit
from certification.tiers import is_national

MINISTRY = "是否取消由工业和信息化部决定，以国家公告为准"


AGAIN = "设置之后再办理，填写的内容还在"


def listed(titles: Sequence[Certificate]) -> str:
    return "、".join(f"{title.get_tier_display()}（{title.number}）" for title in titles)


def notice(row: Exit, others: Sequence[Certificate], hearing_workdays: int) -> tuple[str, str]:
    """Subject and body. Every title that falls is named, so that the firm can answer for each."""
    own = f"{row.get_tier_display()}称号（证书编号 {row.certificate.number}）"
    ground = grounds()[row.ground]
    if is_national(row.tier):
        subject = "建议取消称号事先告知书"
        wanted = f"本单位拟向工业和信息化部建议取消贵公司的{own}；{MINISTRY}。"
    else:
        subject = "取消称号事先告知书"
        wanted = f"本单位拟取消贵公司的{own}" + (f"，并一并取消：{listed(others)}。" if others else "。")
    bars = ""
    if ground.bar_years:
        since = "国家取消之日" if is_national(row.tier) else "决定作出之日"
        bars = f"取消后，自{since}起{ground.bar_years}年内不能申请。\n"
    return subject, (
        f"{row.enterprise_name}：{wanted}\n事实：{row.facts}\n来源：{row.source}\n依据：{cited(row.clause)}，{ground.label}\n{bars}"
        f"贵公司自收到本告知书之日起 {hearing_workdays} 个工作日内可以陈述申辩、提交材料；逾期视为放弃。期限从送达证明之日起算。"
    )


def decision(row: Exit, text: str, titles: Sequence[Certificate]) -> str:
    """What is ended is what stands on the day and was named in the notice."""
    ended = f"取消的称号：{listed(titles)}" if titles else "称号已经期满或终止，本决定不再取消；禁报期照下列日期执行"
    return "\n".join(
        line
        for line in (
            f"{row.enterprise_name}：{text}", ended, f"依据：{cited(row.clause)}", f"文号：{row.document_number}",
            bar.words(row.barred_until) if row.barred_until else "", row.remedy,
        )
        if line
    )  # fmt: skip


def proposal(row: Exit, text: str) -> str:
    return (
        f"{row.enterprise_name}：{text}\n本单位决定向工业和信息化部建议取消贵公司的{row.get_tier_display()}称号"
        f"（证书编号 {row.certificate.number}）；{MINISTRY}，公告以前称号不变。\n依据：{cited(row.clause)}\n{row.remedy}"
    )


def national(row: Exit, act: str, text: str) -> tuple[str, str, str]:
    """Subject, body and what to do, for the steps after the proposal."""
    name = row.get_tier_display()
    if act == "report":
        body = f"{row.enterprise_name}：已报工业和信息化部建议取消贵公司的{name}称号（{text}）。{MINISTRY}，公告以前称号不变。"
        return "已报建议取消称号", body, "等国家公告"
    if act == "record_national_keep":
        body = f"{row.enterprise_name}：工业和信息化部没有取消贵公司的{name}称号（{text}），称号不变，程序办结。"
        return "国家保留称号", body, "打开查看"
    body = f"{row.enterprise_name}：工业和信息化部已取消贵公司的{name}称号（{text}），以国家公告为准。"
    if row.barred_until:
        body += f"\n依据：{cited(row.clause)}。{bar.words(row.barred_until)}"
    return "国家取消称号告知书", f"{body}\n对国家决定的救济途径以国家公告载明的为准。{row.remedy}", "打开查看"


def set_aside(row: Exit, was: str, titles: Sequence[str], after: str) -> tuple[str, str]:
    """Subject and body for the way back. `was` is the state before; `titles` say what became of them, `after` of the bar."""
    name, by = row.get_tier_display(), f"{row.get_set_aside_basis_display()}（{row.set_aside_number}）"
    if was == "ended_nationally":
        subject, what = "国家恢复称号告知书", f"工业和信息化部已恢复贵公司的{name}称号，依据：{by}，以国家公告为准。"
    elif was == "proposed":
        subject, what = (
            "撤销报建议取消决定书",
            f"本单位依{by}撤销向工业和信息化部建议取消贵公司{name}称号的决定，称号不变。",
        )
    else:
        subject, what = "撤销取消称号决定书", f"本单位依{by}撤销取消贵公司{name}称号的决定（{row.document_number}）。"
    if was == "decided":
        what += "原决定没有公告，称号没有取消过。"
    elif was == "announced" and not titles:
        what += "称号在公告取消以前已经期满或终止，没有可以恢复的称号。"
    lines = (f"{row.enterprise_name}：{what}", f"理由：{row.set_aside_reason}", *titles, after)
    return subject, "\n".join(line for line in lines if line)
