"""Two reviewers at one case, at a desk and on a phone; what is returned comes back as a difference."""

import re

from playwright.sync_api import expect

from tests.browser.hand import click


def first_case(person):
    person.go("/desk/cases/?view=screening")
    click(person.page.locator("tbody th a").first)
    person.look()
    return person.page


def test_two_reviewers_on_one_case(person, portal):
    reviewer, leader = person(), person(width=390, height=844)
    reviewer.sign_in("xingqing")
    page = first_case(reviewer)
    address = page.url.removeprefix(portal.url)
    expect(page.locator("[data-leaf] img")).to_be_visible()
    page.locator("[data-leaf] img").scroll_into_view_if_needed()
    expect(page.locator("[data-leaf] img")).to_have_js_property("complete", True)
    before = page.locator("tr[aria-current] th").inner_text()
    for key in "jk":
        with page.expect_navigation():
            page.keyboard.press(key)
    assert page.locator("tr[aria-current] th").inner_text() == before
    reviewer.look()

    page.locator("form[data-mark] [name=note]").fill("与申报数一致（测试）")
    frame = {"left": 100, "top": 940, "width": 300, "height": 40}
    page.evaluate(
        "frame => Object.entries(frame).forEach(([k, v]) => { document.querySelector('form[data-mark]').elements[k].value = v })",
        frame,
    )
    reviewer.press("加标注")
    entry = page.locator(".marks li", has_text="与申报数一致（测试）")
    expect(entry).to_have_count(1)
    page.evaluate("document.querySelectorAll('.stick, .leaf-view').forEach(box => box.scrollTo(0, 0)); scrollTo(0, 0)")
    click(entry.get_by_role("link"))
    expect(page.locator("[data-leaf] rect:target")).to_be_in_viewport()
    reviewer.look()

    leader.sign_in("xingqing-fuze")
    other = leader.go(address)
    expect(other.locator("[data-others]")).to_contain_text("赵审核")
    codes = page.locator("tr[data-row]").evaluate_all("rows => rows.map(row => row.id.slice(2))")
    for code in codes:  # the first that nobody has judged; a fresh case has one
        page.goto(f"{portal.url}{address}?at={code}")
        if page.locator("form[data-verdict]").count():
            break
    for tab, note in ((page, "先判的理由"), (other, "后判的理由")):
        tab.goto(f"{portal.url}{address}?at={code}")
        tab.locator("form[data-verdict] [name=note]").fill(note)
    for tab in (page, other):
        click(tab.locator("form[data-verdict] button").first)
    expect(other.locator("main")).to_contain_text("赵审核（演示）已经判断过这一条")
    expect(other.locator("main")).to_contain_text("先判的理由")
    kept = other.get_by_label("您刚才写的理由没有记下")
    expect(kept).to_have_value("后判的理由")
    other.get_by_role("button", name="复制").click()
    expect(other.locator("[data-copy]")).to_have_text(re.compile("已复制|已选中"))
    leader.look()


def test_on_a_phone_the_page_of_a_paper_scrolls_and_zooms_until_a_frame_is_asked_for(person, portal):
    reviewer = person(width=390, height=844)
    reviewer.sign_in("xingqing")
    page = first_case(reviewer)
    leaf = page.locator("[data-leaf]")
    page.get_by_role("button", name="放大").click()
    assert leaf.evaluate("leaf => leaf.offsetWidth > leaf.parentElement.clientWidth")
    draw = page.get_by_role("button", name="框选")
    if draw.get_attribute("aria-pressed") == "true":
        draw.click()  # a window of a phone's size, but with a mouse
    assert leaf.evaluate("leaf => getComputedStyle(leaf).touchAction") == "auto"
    draw.click()
    assert leaf.evaluate("leaf => getComputedStyle(leaf).touchAction") == "none"
    reviewer.look()


def test_a_return_says_everything_at_once_and_comes_back_as_a_difference(person, portal):
    reviewer = person(width=390, height=844)
    reviewer.sign_in("xingqing")
    page = first_case(reviewer)
    reviewer.follow("退回补正")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.locator("input[value=product_text]").check()
    page.locator("select[name=library-product_text]").select_option("product_vague")
    expect(page.locator("textarea[name=reason-product_text]")).to_have_value(re.compile("关键指标"))
    reviewer.press("检查并退回")
    if page.get_by_role("button", name=re.compile("看过了")).count():
        reviewer.press("看过了", exact=False)
    expect(page.locator("main")).to_contain_text("已退回补正 1 处")
