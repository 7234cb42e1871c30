"""Audit sentences of the mailroom."""

from foundation.audit.sentences import register

register(
    {
        "letter.open": "{actor}打开了送达文书“{thing}”",
        "letter.serve": "{office}于{day}以{way}方式送达“{thing}”，编号{number}",
        "letter.try": "{office}联系送达未成：{reason}",
        "letter.choose": "{actor}修改了通知设置",
    }
)
