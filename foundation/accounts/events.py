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
        "user.link": "{actor}为{thing}生成了一次性登录链接",
        "user.password": "{actor}修改了自己的密码",
        "user.password_reset": "{actor}凭一次性链接设置了密码",
        "user.factor_add": "{actor}启用了登录验证方式：{factor}",
        "user.factor_remove": "{actor}停用了登录验证方式：{factor}",
        "user.factor_renew": "{actor}重新生成了登录验证方式：{factor}",
        "user.sessions_end": "{actor}结束了自己在其他设备上的 {count} 个登录",
    }
)
