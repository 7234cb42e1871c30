"""Audit sentences of accounts and posts."""

from foundation.audit.sentences import register

register(
    {
        "post.add": "{actor}为{person}设立岗位：{role}",
        "post.end": "{actor}结束了{person}的岗位：{role}",
        "user.add": "{actor}新增了账号{thing}",
        "user.retire": "{actor}停用了账号{thing}",
        "user.restore": "{actor}恢复了账号{thing}",
        "user.login": "{actor}登录",
    }
)
