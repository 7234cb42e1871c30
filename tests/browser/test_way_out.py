"""From a report to an announcement, by hand: the firm heard twice, two officials, a served letter, and the public list."""

import re

from playwright.sync_api import expect

from tests.browser.hand import click

FIRM = (
    "from certification.models import Certificate\n"
    "from foundation.accounts.scope import system_scope\n"
    "with system_scope('test'):\n"
    "    c = Certificate.objects.get(enterprise__memberships__user__username='qiye-zhang', tier='specialised', state='valid')\n"
    "    print(c.enterprise.public_id, c.number, c.enterprise.name)"
)
LEADER = (
    "from foundation.accounts.models import Office, Post, User\n"
    "from foundation.accounts.scope import system_scope\n"
    "from django.contrib.auth.hashers import make_password\n"
    "import datetime\n"
    "with system_scope('test'):\n"
    "    u = User.objects.create(username='fu-tingzhang', name='副厅长（测试）', password=make_password('bridge-river-lucky-7'))\n"
    "    office = Office.objects.get(posts__user__username='sheng-chuzhang', posts__role='leader')\n"
    "    Post.objects.create(user=u, office=office, role='leader', since=datetime.date(2026, 1, 1))"
)
REASON = "应急管理部门认定发生较大生产安全事故（测试）"


def act(who, value, **fields):
    """Fill the form of one act of the procedure and send it."""
    form = who.page.locator(f"form:has([name=act][value={value}])")
    for name, words in fields.items():
        form.locator(f"[name={name}]").fill(words)
    click(form.get_by_role("button").last)
    who.look()


def test_from_a_report_to_the_announcement_with_the_reply_heard(person, portal):
    firm_id, number, name = portal.manage("shell", "-v", "0", "-c", FIRM).strip().split(" ", 2)
    portal.manage("shell", "-v", "0", "-c", LEADER)
    county, province, director, firm = person(), person(), person(), person(width=390, height=844)
    county.sign_in("xingqing")
    county.go(f"/desk/rereviews/incidents/new/{firm_id}/")
    page = county.page
    page.get_by_label(re.compile("较大以上生产安全事故")).check()
    page.get_by_label("发生或列入日期").fill("2026-09-10")
    page.get_by_label("来源单位").fill("自治区应急管理部门（测试）")
    page.get_by_label("文号或查询记录").fill("测试函〔2026〕1号")
    page.locator("#id_facts").fill(REASON)
    county.press("登记并通知企业")
    incident = page.url.removeprefix(portal.url)

    firm.sign_in("qiye-zhang")
    firm.go("/my/")
    firm.follow("有单位反映：较大以上生产安全事故")
    firm.page.get_by_label("是否属实、经过和整改").fill("事故属实，整改已经通过验收（测试）")
    firm.press("提交说明")
    province.sign_in("sheng-shenhe")
    province.go(incident)
    expect(province.page.locator("main")).to_contain_text("整改已经通过验收")
    province.page.get_by_label("核实意见").fill("已与应急管理部门核对，情况属实（测试）")
    province.press("属实")
    row = province.page.locator("tr", has_text=number)
    click(row.get_by_role("link", name="提出退出事由"))
    province.look()
    expect(province.page.locator("#f-facts")).to_have_value(REASON)
    province.press("提出", exact=True)
    case = province.page.url.removeprefix(portal.url)
    act(province, "serve_notice", hearing_workdays="5")

    firm.go("/my/")
    firm.follow("拟取消专精特新中小企业称号")
    firm.go("/messages/")
    click(firm.page.get_by_role("link", name=re.compile("取消称号事先告知书")).first)
    firm.press("打开文书")
    firm.go("/my/")
    firm.follow("拟取消专精特新中小企业称号")
    firm.page.locator("textarea[name=text]").fill("请考虑整改情况，不予取消（测试）")
    firm.page.locator("input[name=is_final]").check()
    click(firm.page.locator("form:has(textarea[name=text]) button[type=submit]"))

    province.go(case)
    expect(province.page.locator("main")).to_contain_text("请考虑整改情况")
    province.press("结束陈述申辩")
    chair = person()
    chair.sign_in("sheng-chuzhang")
    chair.go(case)
    act(
        chair,
        "deliberate",
        panel="甲、乙、丙",
        deliberation="事实清楚，建议取消称号（测试）",
        answer_to_reply="整改不改变已发生的事实（测试）",
    )
    director.sign_in("fu-tingzhang", "bridge-river-lucky-7")
    director.go(case)
    expect(director.page.locator("main")).to_contain_text("取消后会一并影响")
    act(director, "decide", document_number="宁示例函〔2026〕9号", decision="依规决定取消称号（测试）")
    director.press("公告，称号即日取消")
    expect(director.page.locator("main")).to_contain_text("还没有送达证明")
    firm.go("/messages/")
    click(firm.page.get_by_role("link", name=re.compile("取消称号决定书")).first)
    firm.press("打开文书")
    director.go(case)
    director.press("公告，称号即日取消")
    expect(director.page.locator("main")).to_contain_text("已公告取消")
    stranger = person(width=390, height=844)
    stranger.go("/exits/")
    expect(stranger.page.locator("main")).to_contain_text(name)
    stranger.go(f"/titles/{number}/")
    expect(stranger.page.locator("main")).to_contain_text("已取消")
