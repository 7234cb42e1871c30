"""Audit sentences of the mailroom."""

from foundation.audit.sentences import register

register(
    {
        "notice.open": "{actor}打开了送达文书“{thing}”",
        "notice.serve": "{office}于{day}以{way}方式送达“{thing}”，编号{number}",
        "notice.try": "{office}联系送达未成：{reason}",
        "notice.choose": "{actor}修改了通知设置",
    }
)
