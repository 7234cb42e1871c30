"""Write down where and how an item is claimed, on the word of the department that answers for it."""

from django.db import transaction

from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Missing, Problem, Refused
from incentives.models import MeasureItem
from incentives.permissions import keeps_channels


def register_channel(item: MeasureItem, *, channel: str, source: str, actor: Principal) -> MeasureItem:
    """Both texts are needed: a channel without its source is hearsay. Refused("invalid") otherwise."""
    if not keeps_channels(actor):
        raise Missing
    problems = []
    if not channel.strip():
        problems.append(Problem("办理渠道没有填写", "channel", hint="例：向所在县（区）人社局提交，电话、网址各一"))
    if not source.strip():
        problems.append(Problem("依据没有填写", "source", hint="例：某厅某年某月复函，或通知的文号"))
    if len(source) > 120:
        problems.append(Problem("依据超过 120 字", "source"))
    if problems:
        raise Refused("invalid", "还有内容需要补充。", problems)
    with transaction.atomic():
        item.channel, item.channel_source = channel.strip(), source.strip()
        item.channel_by_id, item.channel_at = actor.user_id, clock.now()
        item.save(update_fields=["channel", "channel_source", "channel_by", "channel_at"])
        record("measure_item.register_channel", item, actor=actor, audience="public")
        announce("measure_item", item, fields=["channel"])
    return item
