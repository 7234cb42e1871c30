"""The whole way, as people walk it: register, verify, self-check, apply, correct, decide, post, certify, look up."""

from enterprises.credit_code import make_code
from portal.demo.papers import one_page
from tests.browser.hand import click
from tests.browser.qr import read, squares

CODE = make_code("640104", 987654)
NAME = "银川示例自动化设备九八七有限公司（演示）"
PASSWORD = "lucky-bridge-river-2026"
FIGURES = {"revenue_y0": "3200", "revenue_y1": "2600", "rd_expense_y0": "260", "net_profit_y0": "310"}
MORE_FIGURES = {
    "employees_y0": "46", "main_revenue_y0": "2900", "main_revenue_y1": "2300", "total_assets_y0": "3000",
    "total_liabilities_y0": "1000",
}  # fmt: skip
TEXTS = {
    "legal_representative": "示例法人", "actual_controller": "示例法人", "contact_name": "林经办",
    "contact_phone": "13900000000", "address": "银川市兴庆区示例路1号", "industry_division": "34",
    "main_product": "物流分拣机器人", "product_text": "用于仓储分拣。", "overview": "专注分拣设备。",
    "signed_by": "示例法人",
}  # fmt: skip
CHOICES = {"ownership": "民营", "helper": "本企业自己填写", "size_sector": "industry"}
FLAGS = {
    "truth": "yes", "compliance": "yes", "strategic_emerging": "yes",
    "registered_in_prc": "yes", "independent_legal_person": "yes", "on_abnormal_list": "no", "serious_dishonesty": "no",
    "prohibited_product": "no", "major_incident_3y": "no", "tax_evasion_3y": "no", "data_fraud_3y": "no",
}  # fmt: skip


def fill_step(page):
    """Answer what this step asks; questions nobody has an answer to stay open, as people leave them."""
    for name, value in (TEXTS | FIGURES | MORE_FIGURES).items():
        field = page.locator(f"#id_{name}")
        if field.count() and field.is_editable() and not field.input_value():
            field.fill(value)
    for name, value in CHOICES.items():
        if page.locator(f"select#id_{name}").count():
            page.locator(f"select#id_{name}").select_option(value)
    for name, said in FLAGS.items():
        if page.locator(f"input[name={name}]").count():
            page.locator(f"input[name={name}][value={said}]").check()


def test_from_the_first_visit_to_a_certificate_that_a_stranger_verifies(person, portal):
    firm = person()
    page = firm.go("/self-check/")
    for name, value in FIGURES.items():
        page.locator(f"#id_{name}").fill(value)
    firm.press("计算")
    assert "T1-2022" in firm.text() and "T2-2026" in firm.text() and "T3-2026" in firm.text()
    assert page.locator("#id_revenue_y0").input_value() == "3200"
    firm.press("把这些数带入申请")

    assert page.url.endswith("/join/")
    page.get_by_label("统一社会信用代码").fill(CODE[:-1] + ("1" if CODE[-1] != "1" else "2"))
    page.get_by_label("企业名称").fill(NAME)
    page.get_by_label("所在县").select_option("64/6401/640104")
    page.get_by_label("您的姓名").fill("林经办（演示）")
    page.get_by_label("手机").fill("13900000000")
    page.get_by_label("电子邮箱").fill("lin@example.org")
    page.get_by_label("用户名").fill("linjingban")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输一遍密码").fill(PASSWORD)
    page.get_by_label("我所填的是").check()
    firm.press("注册")
    assert "校验码对不上" in firm.text() and page.get_by_label("企业名称").input_value() == NAME
    page.get_by_label("统一社会信用代码").fill(CODE)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输一遍密码").fill(PASSWORD)
    firm.press("注册")

    firm.go("/my/applications/")
    click(page.get_by_role("row", name="创新型中小企业").get_by_role("button", name="开始申请"))
    firm.look()
    base = page.url.rsplit("/", 2)[0]
    firm.go(base.removeprefix(portal.url) + "/declaration/")
    firm.press("检查并提交")
    assert "还没有核实" in firm.text()

    firm.go("/my/link/")
    firm.follow("去核实")
    page.get_by_label("法定代表人").check()
    page.get_by_label("同意把姓名").check()
    firm.press("确认核实")
    assert "已核实" in firm.text()
    firm.go("/my/")
    firm.press("带入", exact=True)
    assert "已带入" in firm.text()

    # An interruption: the tab dies in the middle of a word; what was typed is there in the next one.
    firm.go(base.removeprefix(portal.url) + "/specialisation/")
    page.locator("#id_product_text").fill("用于仓储分拣，断电前写到这里")
    page.locator("#save-state[data-state=saved]").wait_for()
    page.wait_for_function("document.getElementById('save-state').textContent.includes('已保存')")
    page.wait_for_timeout(2500)
    page.close()
    page = firm.page = firm.open_tab()
    firm.go(base.removeprefix(portal.url) + "/specialisation/")
    assert page.locator("#id_product_text").input_value() == "用于仓储分拣，断电前写到这里"

    firm.go(base.removeprefix(portal.url) + "/basic/")
    for _ in range(12):
        if page.url.endswith("/papers/"):
            for row in page.locator("form.paper").all():
                file = row.locator("input[type=file]")
                title = row.locator("b").inner_text()
                file.set_input_files({"name": f"{title}.pdf", "mimeType": "application/pdf", "buffer": one_page(title)})
                click(row.locator("button"))
                assert f"已收到：{title}" in firm.text()
            firm.look()
            firm.follow("下一步")
        elif page.url.endswith("/declaration/"):
            fill_step(page)
            firm.press("保存")
            break
        else:
            fill_step(page)
            firm.press("保存，下一步")
    firm.press("检查并提交")
    assert "已提交，受理编号" in firm.text()
    case = page.url.removeprefix(portal.url)

    county = person()
    county.sign_in("xingqing")
    county.go("/desk/cases/")
    county.follow(NAME)
    desk = county.page.url.removeprefix(portal.url)
    county.follow("退回补正")
    county.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for name, reason in (("product_text", "请写明关键指标"), ("overview", "请写明成立以来的经历")):
        county.page.locator(f"input[name=field][value={name}]").check()
        county.page.locator(f"#r-{name}").fill(reason)
    county.press("检查并退回")
    if county.page.get_by_role("button", name="看过了").count():
        county.press("看过了")
    assert "已退回补正 2 处" in county.text()

    firm.go(case)
    assert "请您更正 2 处" in firm.text() and "请写明关键指标" in firm.text()
    steps = {
        "specialisation": ("product_text", "分拣效率每小时 3000 件"),
        "overview": ("overview", "2019 年成立，专注分拣"),
    }
    for step, (name, text) in steps.items():
        firm.go(f"{base.removeprefix(portal.url)}/{step}/")
        assert page.locator(f"#id_{name}").is_editable()
        page.locator(f"#id_{name}").fill(text)
        firm.press("保存", exact=False)
    firm.go(base.removeprefix(portal.url) + "/basic/")
    assert not page.locator("#id_legal_representative").is_editable()
    firm.press("检查并提交")
    assert "初审中" in firm.text()

    for who in ("xingqing", "yinchuan", "sheng-chuzhang"):
        desk_person = county if who == "xingqing" else person()
        if who != "xingqing":
            desk_person.sign_in(who)
        desk_person.go(desk)
        if who == "xingqing":
            assert "分拣效率每小时 3000 件" in desk_person.text() and "改了 2 处" in desk_person.text()
        while "没有判断" in desk_person.text():
            click(desk_person.page.locator(".decide > span a").first)
            desk_person.look()
            desk_person.page.locator("form[data-verdict] textarea").fill("已核对，属实")
            desk_person.press("判为满足")
        if who != "sheng-chuzhang":
            desk_person.page.locator("summary.b-1").click()
            desk_person.look()
            desk_person.page.get_by_label("推荐意见").fill("材料齐全，同意推荐")
            desk_person.press("确认推荐")

    director = desk_person
    director.go("/desk/postings/")
    director.page.get_by_label(f"列入 {NAME}").check()
    sheet = director.page.locator("section.sheet", has=director.page.get_by_label(f"列入 {NAME}"))
    click(sheet.get_by_role("button", name="拟公示名单"))
    director.look()  # what will happen, firm by firm, before it does
    assert NAME in director.text()
    director.press("拟公示名单")
    director.look()
    assert "公布由另一位负责人办理" in director.text()
    assert director.page.get_by_role("button", name="公布，开始公示").count() == 0
    drafted = director.page.url.removeprefix(portal.url)
    second = person()
    second.sign_in("sheng-fuchuzhang")
    second.go(drafted)
    second.look()
    assert NAME in second.text()
    second.press("公布，开始公示")
    second.look()

    visitor = person(width=390, height=844)
    visitor.go("/postings/")
    visitor.page.get_by_role("link", name="创新型中小企业").first.click()
    visitor.look()
    assert NAME in visitor.text() and "纪检监察" in visitor.text()

    portal.move_clock(12)
    director.go("/desk/postings/")
    director.page.get_by_label(f"公告 {NAME}").wait_for()
    sheet = director.page.locator("section.sheet", has=director.page.get_by_label(f"公告 {NAME}"))
    sheet.get_by_label("公告文号").fill("（演示）宁示例公告〔2026〕9号")
    click(sheet.get_by_role("button", name="拟公告"))
    director.look()
    assert NAME in director.text()
    assert director.page.locator("input[name=document_number]").input_value() == "（演示）宁示例公告〔2026〕9号"
    director.press("拟公告")
    director.look()
    assert "公布由另一位负责人办理" in director.text()
    second.go(director.page.url.removeprefix(portal.url))
    second.look()
    assert NAME in second.text()
    second.press("公告并生成证书")
    second.look()
    assert "已定稿" in second.text() and second.page.get_by_role("button", name="收回公告").count() == 1
    firm.go("/my/certificates/")
    assert page.get_by_role("link", name="NX-CX-").count() == 0
    portal.move_clock(1)

    firm.go("/my/certificates/")
    link = page.get_by_role("link", name="NX-CX-").first
    number = link.inner_text()
    pdf = firm.context.request.get(f"{portal.url}/titles/{number}/certificate.pdf")
    assert pdf.body()[:5] == b"%PDF-"
    qr = visitor.context.request.get(f"{portal.url}/titles/{number}/qr.svg")
    assert "svg" in qr.headers["content-type"]
    scanned = read(squares(qr.text()))
    assert scanned == f"{portal.url}/titles/{number}/"
    visitor.page.goto(scanned)
    visitor.look()
    assert NAME in visitor.text() and number in visitor.text() and "有效期内" in visitor.text()
    firm.go("/my/")
    firm.go("/my/entitlements/")
    assert "各地对新获评企业的政策支持" in firm.text()
