"""Audit sentences of enterprises."""

from foundation.audit.sentences import register

register(
    {
        "enterprise.register": "{actor}登记了企业{thing}",
        "enterprise.listed": "{actor}随存量称号导入了企业{thing}",
        "enterprise.rename": "企业名称由{before}变更为{thing}",
        "enterprise.leave_body": "{actor}把{thing}由{before}移交{after}推荐：{reason}",
        "enterprise.body": "{actor}把{thing}的所属推荐单位由{before}变更为{after}，自{on}起：{reason}",
        "enterprise.facts": "{actor}更新了数据：{names}",
        "enterprise.found": "{actor}核实情况后记入政府数据：{names}（{why}）",
        "enterprise.found_no_more": "{actor}撤回记入的政府数据：{names}（{why}）",
        "enterprise.figure_entered": "{actor}登记了{what}：{value}（{source}，{issuer}，{document}）",
        "enterprise.figure_withdrawn": "{actor}撤回了登记的{what}（{issuer}，{document}）：{reason}",
        "enterprise.item_add": "{actor}新增了{list}：{item}",
        "enterprise.item_change": "{actor}修改了{list}：{item}",
        "enterprise.item_remove": "{actor}删除了{list}：{item}",
        "enterprise.profile": "{actor}更新了基本信息：{names}",
        "enterprise.confirm": "{actor}确认了{year}年度数据",
        "enterprise.import": "{actor}由表格导入了数据：{names}",
        "enterprise.unmask": "{office}查看了法定代表人和联系人的完整信息：{reason}",
        "enterprise.view": "{office}查看了企业数据底表",
        "membership.request": "{actor}申请代表{enterprise}办理业务",
        "membership.letter": "{actor}提交了代表{enterprise}的授权委托书",
        "membership.verify": "{actor}核实了{person}与{enterprise}的关系",
        "membership.refuse": "{actor}未通过{person}的授权：{reason}",
        "membership.invite": "{actor}邀请{person}加入{enterprise}",
        "membership.admit": "{actor}同意{person}加入{enterprise}",
        "membership.role": "{actor}把{person}的权限改为{role}",
        "membership.end": "{actor}结束了{person}代表{enterprise}的授权",
        "membership.parts": "{actor}请{person}负责：{parts}",
        "membership.takeover": "{actor}接替了{person}代表{enterprise}办理业务：{reason}",
        "evidence.attach": "{actor}上传了材料{thing}",
        "evidence.open": "{office}查看了材料{thing}",
    }
)
