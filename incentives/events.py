"""Audit sentences of incentives, one per act."""

from foundation.audit.sentences import register

register(
    {
        "entitlement.create": "称号带来一项权益：{thing}",
        "entitlement.end": "权益结束：{reason}",
        "entitlement.reopen": "权益随称号恢复：{reason}",
        "measure_item.register_channel": "{actor}登记了“{thing}”的办理渠道",
    }
)
