"""Words, numbers and badges as every page writes them. Markup comes from templates; nothing is marked safe here."""

from base64 import b64encode
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString

from certification.tiers import Tier
from foundation.exchange import form_keys
from foundation.refusals import Problem
from foundation.regions.models import bodies, full_name
from foundation.workdays.counting import unannounced, workdays_between

register = template.Library()

FAMILY_ICONS = {
    "draft": "pen",
    "progress": "half",
    "needs_you": "alert",
    "granted": "check",
    "refused": "x",
    "ended": "end",
}
RESULTS = {
    "met": ("满足", "check"),
    "met_unsourced": ("算得满足，没有来源", "ask"),
    "unmet": ("不满足", "x"),
    "unknown": ("缺数据", "ask"),
    "needs_person": ("待人工", "user"),
    "not_applicable": ("不考核", "end"),
}
SOURCES = {
    "government": "政府数据",
    "audited": "审计报告",
    "platform": "国家平台",
    "self": "企业填报",
    "titles": "名录",
}


@register.filter
def cn_date(value: date | datetime | str | None) -> str:
    """2026年4月1日; empty for nothing."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def cn_datetime(value: datetime | None) -> str:
    if not value:
        return ""
    local = timezone.localtime(value)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


@register.filter
def wan(value: Decimal | int | None) -> str:
    """fen → 1,200 万元, trailing zeros gone."""
    if value is None:
        return "—"
    amount = Decimal(value) / 1_000_000
    text = f"{amount:,.6f}".rstrip("0").rstrip(".")
    return f"{text} 万元"


@register.filter
def workdays_to(later: date | None, earlier: date | None = None) -> int:
    """Working days from today up to `later`."""
    from foundation import clock

    return workdays_between(earlier or clock.today(), later) if later else 0


@register.filter
def pending_notice(later: date | None) -> str:
    """Says that a term reaching into a year without its holiday notice may still move; nothing otherwise."""
    from foundation import clock

    years = unannounced(clock.today(), later) if later else []
    return f"（{'、'.join(map(str, years))}年调休待发布，日子可能顺延）" if years else ""


@register.filter
def age_workdays(since: datetime | None) -> int:
    """Working days since a moment."""
    from foundation import clock

    return max(0, workdays_between(timezone.localtime(since).date(), clock.today())) if since else 0


@register.filter
def at(problems: Iterable[Problem], field: str) -> Problem | None:
    """What is wrong with a field of a form written by hand: the first of these problems that names it."""
    return next((one for one in problems or () if one.field == field), None)


@register.simple_tag(takes_context=True)
def kept_for(context: template.Context) -> SafeString:
    """Whose unsent words the browser may keep, and the key that they lie under; nothing for whoever is not signed in (keep.js).

    Both follow from SECRET_KEY and the person, so that they are the same after signing in anew and nothing of it is stored.
    """
    principal = context.get("principal")
    if principal is None or principal.user_id is None:
        return SafeString("")
    mark, key = (salted_hmac(f"kept {what}", str(principal.user_id), algorithm="sha256") for what in ("mark", "key"))
    return format_html(
        ' data-kept-for="{}" data-kept-key="{}"', mark.hexdigest()[:16], b64encode(key.digest()).decode("ascii")
    )


BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("Firefox", "火狐"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (("Android", "安卓手机"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows 电脑"), ("Macintosh", "Mac 电脑"), ("Linux", "Linux 电脑"))  # fmt: skip


@register.filter
def device(agent: str | None) -> str:
    """Chrome・Windows 电脑, from what a browser says of itself; the first that fits, as most name others behind themselves."""
    told = [next((words for sign, words in known if sign in (agent or "")), "") for known in (BROWSERS, MACHINES)]
    return "・".join(filter(None, told)) or "不认识的程序"


@register.filter
def region(path: str) -> str:
    """兴庆区, or 宁东."""
    body = bodies().get(path)
    return body.short_name if body else path


@register.filter
def region_full(path: str) -> str:
    """银川市兴庆区."""
    return full_name(path)


@register.filter
def tier_label(tier: str) -> str:
    return str(Tier(tier).label) if tier in Tier.values else tier


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    return mapping.get(key, "") if mapping else ""


@register.simple_tag
def form_key() -> SafeString:
    """The hidden field with a key of this page's own: what is sent twice is one act (foundation/exchange/form_keys.py)."""
    return format_html('<input type="hidden" name="{}" value="{}">', form_keys.FIELD, form_keys.new_key())


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"></use></svg>', name)


@register.inclusion_tag("parts/tier.html")
def tier_badge(tier: str) -> dict[str, Any]:
    steps = list(Tier.values)
    place = steps.index(tier) if tier in steps else -1
    return {"tier": tier, "label": tier_label(tier), "steps": [(n, n <= place) for n in range(4)]}


@register.inclusion_tag("parts/state.html")
def state_badge(label: Any, who: str = "applicant") -> dict[str, Any]:
    words = label.officer if who == "officer" else label.applicant
    return {"family": label.family, "words": words, "icon_name": FAMILY_ICONS[label.family]}


@register.inclusion_tag("parts/state.html")
def mark(family: str, words: str) -> dict[str, Any]:
    return {"family": family, "words": words, "icon_name": FAMILY_ICONS[family]}


@register.inclusion_tag("parts/result.html")
def result_badge(outcome: str) -> dict[str, Any]:
    words, icon_name = RESULTS[outcome]
    return {"outcome": outcome, "words": words, "icon_name": icon_name}


@register.inclusion_tag("parts/source.html")
def source_mark(source: str) -> dict[str, Any]:
    icons = {"government": "check", "audited": "half", "platform": "end", "titles": "check"}
    return {"source": source, "words": SOURCES.get(source, source), "icon_name": icons.get(source, "dot")}


@register.inclusion_tag("parts/bar.html")
def bar(value: Any, line: Any, top: Any = None) -> dict[str, Any]:
    """A length from zero with a tick at the line; widths are attributes of the drawing, not style."""
    value, line = float(value or 0), float(line or 0)
    top = float(top or max(value, line, 1) * 1.1)
    return {"value": min(100, max(0, value / top * 100)), "line": min(100, line / top * 100)}
