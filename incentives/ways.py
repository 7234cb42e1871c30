"""How an item of a measure reaches an enterprise. A leaf: words only."""

from django.db import models


class Way(models.TextChoices):
    APPLY = "a", "申请"
    AUTOMATIC = "b", "自动享受"
    SERVICE = "c", "服务"
    REGULATORY = "d", "主管部门判断"
    INTERNAL = "g", "政府内部任务"


EXPLAINED: dict[str, str] = {
    Way.APPLY: "由企业按各部门当期通知提出申请，称号是条件之一。",
    Way.AUTOMATIC: "按规定直接享受，不需要凭称号另行审批。",
    Way.SERVICE: "由主管部门和服务机构提供，可以主动联系。",
    Way.REGULATORY: "是否适用由主管部门依法判断并发出，称号本身不等于取得。",
    Way.INTERNAL: "由政府部门推进，企业不需要办理。",
}

AUDIENCE_NOTE = "写明对象为专精特新中小企业的，“小巨人”因以专精特新为前置条件一并列入；这一理解待责任部门确认。"
