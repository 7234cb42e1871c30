"""What is typed into a long form outlives the page, and is offered to the same person alone until the portal has taken it."""

import re

from playwright.sync_api import expect

from tests.browser.hand import click
from tests.browser.test_desk import first_case

OPINION = "设备和台账都看过，与申报一致，同意推荐（测试）"
STORED = """new Promise((done) => {
    const asked = indexedDB.open("tianti-kept", 1);
    asked.onsuccess = () => {
        const all = asked.result.transaction("typed").objectStore("typed").getAll();
        all.onsuccess = () => { asked.result.close(); done(all.result.map((thing) => [Boolean(thing.words), new TextDecoder().decode(thing.text)])); };
    };
})"""


def opinion(page):
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    return page.locator("textarea[name=opinion]")


def rest(page):
    """Longer than the script waits before it keeps."""
    page.wait_for_timeout(1000)


def test_words_outlive_a_dead_page_and_an_ended_session_and_nobody_else_is_shown_them(person, portal):
    desk = person()
    desk.sign_in("xingqing")
    page = first_case(desk)
    address = page.url.removeprefix(portal.url)
    opinion(page).fill(OPINION)
    rest(page)
    stored = page.evaluate(STORED)
    assert [(plain, OPINION in text) for plain, text in stored] == [(False, False)], "it lies there, and cannot be read"
    page.close()

    page = desk.page = desk.open_tab()
    desk.go(address)
    box = page.locator("[data-kept]")
    expect(box).to_contain_text("没有提交的可以放回来")
    expect(opinion(page)).to_have_value("")  # never put back by itself
    desk.look()
    desk.context.clear_cookies()
    desk.sign_in("xingqing")
    desk.go(address)
    box.get_by_role("button", name="放回来").click()
    expect(opinion(page)).to_have_value(OPINION)
    rest(page)

    desk.context.clear_cookies()
    desk.sign_in("xingqing-fuze")
    desk.go(address)
    rest(page)
    expect(box).to_have_count(0)
    assert page.evaluate(STORED) == []
    desk.context.clear_cookies()
    desk.sign_in("xingqing")
    desk.go(address)
    rest(page)
    expect(box).to_have_count(0)


def test_words_that_the_portal_has_taken_are_offered_no_more_and_refused_ones_are(person, portal):
    desk = person(width=390, height=844)
    desk.sign_in("xingqing")
    page = first_case(desk)
    address, firm = page.url.removeprefix(portal.url), page.locator("h1").inner_text()

    def ask(words):
        opinion(page)  # opens what is folded
        question = page.locator("textarea[name=question]").first
        question.fill(words)
        click(question.locator("xpath=ancestor::form").get_by_role("button", name="送自治区答复"))
        rest(page)

    ask(f"{firm}租赁设备的发票能否作为研发投入凭据（测试）")
    expect(page.locator("textarea[name=question]").first).to_have_value(
        re.compile("租赁设备")
    )  # refused: it names the firm
    page = desk.page = desk.open_tab()
    desk.go(address)
    expect(page.locator("[data-kept]")).to_have_count(1)
    ask("租赁设备的发票能否作为研发投入凭据（测试）")
    expect(page.locator("[data-kept]")).to_have_count(0)
    assert page.evaluate(STORED) == []


def test_signing_out_takes_everything_along_and_a_stranger_keeps_only_in_the_tab(person, portal):
    desk = person()
    desk.sign_in("xingqing")
    page = first_case(desk)
    opinion(page).fill(OPINION)
    rest(page)
    click(page.get_by_role("button", name="退出", exact=True))
    rest(page)
    assert page.evaluate(STORED) == []

    visitor = person()
    tab = visitor.go("/postings/")
    click(tab.locator("main a[href^='/postings/']").first)
    visitor.follow("提出异议")
    tab.locator("[name=facts]").fill("收入与年报不一致（测试）")
    rest(tab)
    tab.reload()
    expect(tab.locator("[data-kept]")).to_have_count(1)
    assert tab.evaluate("(async () => (await indexedDB.databases()).length)()") == 0
    address, tab = tab.url, visitor.open_tab()
    tab.goto(address)
    rest(tab)
    expect(tab.locator("[data-kept]")).to_have_count(0)
