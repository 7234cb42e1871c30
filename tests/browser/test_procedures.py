"""What stands beside a case, by hand: a committee that decides quietly, an objection, a blind review, a handler replaced."""

import re
from io import BytesIO

from pikepdf import Pdf
from playwright.sync_api import expect

from tests.browser.hand import click


def test_a_committee_decides_many_quietly_looks_again_and_publishes_together(person, portal):
    chair, member, third = person(), person(width=390, height=844), person()
    chair.sign_in("sheng-chuzhang")
    chair.go("/desk/postings/meetings/")
    page = chair.page
    click(page.locator("tbody th a").first)
    address = re.sub("^https?://[^/]+", "", page.url)
    chair.press("开会")
    member.sign_in("sheng-shenhe")
    third.sign_in("sheng-heyi")
    against = "不认可主导产品的界定，见第4条（测试）"
    for who in (chair, member, third):
        who.go(address)
        # The first case is voted down, the others are approved: the conclusion has to follow the ballots.
        who.page.locator("form[action$='/1/vote/'] [name=reason]").fill(against)
        click(who.page.locator("form[action$='/1/vote/']").get_by_role("button", name="不同意", exact=True))
        while (form := who.page.locator("form[action$='/vote/']")).count():
            click(form.first.get_by_role("button", name="同意", exact=True))
    chair.go(address)
    first = True
    while (form := page.locator("form[action$='/conclude/']")).count():
        if first:  # a refusal without its reason is sent back with the words at the field
            click(form.first.get_by_role("button", name=re.compile("不")).first)
            expect(page.locator("main")).to_contain_text("理由")
            page.locator("form[action$='/conclude/'] textarea").first.fill(against)
            click(page.locator("form[action$='/conclude/']").first.get_by_role("button", name=re.compile("不")).first)
            first = False
        else:
            click(form.first.get_by_role("button").first)
    chair.press("闭会，拟纪要")
    chair.follow("预览并执行结论")
    rows = page.locator("tbody tr").count()
    expect(page.locator("main")).to_contain_text("不认可主导产品的界定")
    chair.press("按上表执行")
    told = re.search(r"办成 (\d+) 件，没有办成 (\d+) 件", page.inner_text("main") + page.inner_text("body"))
    assert told is not None and int(told[1]) + int(told[2]) == rows and int(told[1]) > 0
    for reason in page.locator("td[data-l=原因]").all_inner_texts():
        assert reason.strip(), "whatever was not done says why"
    refused = page.locator("tbody tr", has_text="不予").locator("th a").inner_text()
    told_nothing = portal.manage(
        "shell", "-v", "0", "-c",
        "from certification.models import Application\n"
        "from foundation.accounts.scope import system_scope\n"
        "from foundation.mailroom.models import Message\n"
        "with system_scope('test'):\n"
        f"    row = Application.objects.get(enterprise_name='{refused}', state='to_refuse')\n"
        "    print(Message.objects.filter(about_id=row.public_id, subject__contains='未通过').count())",
    )  # fmt: skip
    assert told_nothing.strip() == "0"
    chair.look()
    chair.follow("回到审议会")
    page.get_by_text("看错了，撤销").click()
    page.locator("#undo-reason").fill("名单核对有误（测试）")
    chair.press("撤销，回到审核环节")
    expect(page.locator("main, header, body").first).to_contain_text("已经撤回")
    chair.follow("回到审议会")
    chair.follow("预览并执行结论")
    chair.press("按上表执行")
    chair.go("/desk/postings/letters/")
    member.go("/desk/postings/letters/")
    click(member.page.get_by_role("link", name=re.compile("不予")).first)
    member.page.locator("[name=number]").fill("（测试）1号")
    member.press("保存")
    letter = re.sub("^https?://[^/]+", "", member.page.url)
    chair.go(letter)
    chair.press("签发")
    chair.go(address)
    expect(page.locator("#waiting")).to_contain_text("文书已签发")
    chair.look()
    chair.press("一并公布")
    expect(page.locator("main")).to_contain_text("已送达决定文书")
    expect(page.locator("main")).to_contain_text("列入公示")


def test_an_expert_finds_no_name_in_anything_the_portal_gives(person, portal):
    """Every page and file that an expert can reach, searched for every firm, code and person of the demo world."""
    names = portal.manage(
        "shell", "-v", "0", "-c",
        "from certification.models import Assignment, Application\n"
        "from foundation.accounts.scope import system_scope\n"
        "with system_scope('test'):\n"
        "    ids = Assignment.objects.values_list('case__application__enterprise_id', flat=True)\n"
        "    from enterprises.models import Enterprise\n"
        "    for f in Enterprise.objects.filter(pk__in=ids): print('|'.join(x for x in (f.name, f.name.removesuffix('（演示）'), f.credit_code, f.legal_representative, f.contact_phone) if x))",
    )  # fmt: skip
    secrets = {word for line in names.splitlines() for word in line.split("|") if len(word) > 2 and "DEMO" not in word}
    assert len(secrets) > 5
    read = 0
    for name in ("zhuanjia-1", "zhuanjia-2", "zhuanjia-3"):  # the draw says who of them has something to review
        expert = person()
        expert.sign_in(name)
        seen, todo = set(), ["/reviews/"]
        while todo:
            path = todo.pop()
            if path in seen:
                continue
            seen.add(path)
            answer = expert.context.request.get(portal.url + path)
            text = everything_in(answer.headers.get("content-type", ""), answer.body()) + repr(answer.headers)
            assert [word for word in secrets if word in text] == [], path
            if "text/html" in answer.headers.get("content-type", ""):
                todo += [href for href in re.findall(r'href="(/reviews/[^"#?]*)', text) if href not in seen]
        for path in sorted(seen)[:3]:
            if not path.endswith(".pdf"):
                expert.go(path)
        read += len(seen) - 1
    assert read > 2


def everything_in(kind, body):
    """The words of an answer; of a PDF also its pages and its properties, unpacked."""
    if kind.startswith("application/pdf"):
        with Pdf.open(BytesIO(body)) as pdf:
            body += b"".join(page.Contents.read_bytes() for page in pdf.pages if hasattr(page.Contents, "read_bytes"))
            body += repr(dict(pdf.docinfo)).encode()
    return body.decode("utf-8", "replace")


def test_a_handler_who_left_is_replaced_in_minutes_and_is_out_at_once(person):
    boss, clerk = person(width=390, height=844), person()
    clerk.sign_in("qiye-caiwu")
    clerk.go("/my/facts/")
    boss.sign_in("qiye-wang")
    page = boss.go("/my/colleagues/takeover/")
    boss.press("接替", exact=True)
    expect(page.locator("main")).to_contain_text("还没有接替")
    page.get_by_label(re.compile("李财务")).check()
    page.locator("[name=reason]").fill("已离职，账号没有交接（测试）")
    boss.press("接替", exact=True)
    expect(page.locator("main")).to_contain_text("接替的经过")
    clerk.page.goto(clerk.portal.url + "/my/facts/")
    assert "/accounts/login" in clerk.page.url
    boss.go("/my/viewers/")


def short(words):
    """The firm's name out of a line of the list."""
    return re.sub(r"^\W*\d+\W*", "", words).split("　")[0].strip()


def test_an_objection_holds_one_firm_and_the_rest_of_the_list_goes_on(person, portal):
    stranger, director = person(width=390, height=844), person()
    stranger.go("/postings/")
    page = stranger.page
    # Another test may have published a list of one since; this one of the demo has two.
    click(page.locator("main a[href^='/postings/']", has_text="专精特新中小企业拟认定名单公示").first)
    click(page.locator("a[href$='/objection/']").first)
    stranger.look()
    stranger.press("提交异议")
    expect(page.locator("main")).to_contain_text("还没有提交")
    page.locator("select[name=line]").select_option(index=1)
    firm = page.locator("select[name=line] option:checked").inner_text()
    others = [short(words) for words in page.locator("select[name=line] option").all_inner_texts()[1:] if words != firm]
    page.locator("textarea[name=facts]").fill("名单所列主导产品收入与公开年报不一致，请核查（测试）。")
    page.locator("[name=name]").fill("测试人")
    page.locator("[name=contact]").fill("0951-000 0008")
    if page.locator("select[name=relation]").count():
        page.locator("select[name=relation]").select_option(index=1)
    elif page.locator("input[name=relation]").count():
        page.locator("input[name=relation]").fill("同行")
    stranger.press("提交异议")
    expect(page.locator("main")).to_contain_text("查询码")
    director.sign_in("sheng-chuzhang")
    desk = director.go("/desk/postings/objections/")
    name = short(firm)
    expect(desk.locator("main")).to_contain_text(name[:12])
    portal.move_clock(12)  # the last day of the list is over
    after = director.go("/desk/postings/").locator("main").inner_text()
    ended = after.partition("公示期满的企业")[2]
    assert name not in ended
    assert any(other in ended for other in others), f"no other firm of the list went on: {others}"
    case = director.go("/desk/cases/?view=all&q=" + name).locator("tbody th a").first
    click(case)
    expect(director.page.locator("main")).to_contain_text("异议")
    expect(director.page.locator("main")).to_contain_text("公示中")
