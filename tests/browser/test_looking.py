"""What was looked at before is not looked at again; what has a new fault always is."""

import pytest

from tests.browser.looking import POORLY_LAID, Looks

FAULTS = {
    "a field without a label": ("main", "<input type='text' name='nobody-said-what'>", "label"),
    "words too pale to read": ("main", "<p class='pale'>看不清</p>", "color-contrast"),
    "a button without a word in the frame": ("header", "<button type='button'></button>", "button-name"),
}


@pytest.mark.parametrize(("where", "markup", "rule"), FAULTS.values(), ids=FAULTS)
def test_a_new_fault_on_a_page_that_was_clean_is_seen(person, portal, where, markup, rule):
    looks, visitor = Looks(), person()
    page = visitor.go("/standards/")
    assert looks.at(page, "standards/") == []
    asked = len(looks.clean)
    assert looks.at(page, "standards/") == []
    assert len(looks.clean) == asked
    page.evaluate("document.styleSheets[0].insertRule('.pale { color: #ccc }')")
    page.evaluate(
        "([where, markup]) => document.querySelector(where).insertAdjacentHTML('beforeend', markup)", [where, markup]
    )
    found = looks.at(page, "standards/")
    assert rule in {one for one, _ in found}
    assert looks.at(page, "standards/") == found, "a fault is never taken for clean"


def test_a_longer_list_is_the_same_page(person):
    looks, visitor = Looks(), person()
    page = visitor.go("/standards/")
    assert looks.at(page, "standards/") == []
    seen = set(looks.clean)
    page.evaluate(
        "document.querySelector('main li, main tr').after(document.querySelector('main li, main tr').cloneNode(true))"
    )
    assert looks.at(page, "standards/") == []
    assert looks.clean == seen


BADLY_LAID = {
    "a link that no thumb hits": ("<a class='planted' href='/'>点</a>", ".planted { font-size: 9px; padding: 0; line-height: 1 }", "too small to tap"),
    "a table that stands out of its sheet": ("<section class='sheet planted'><p>很宽</p></section>", ".planted p { width: 120% }", "stands out of its sheet"),
    "a name of one character to a line": ("<label class='planted'>主营业务收入</label>", ".planted { display: block; width: 1.2em; overflow-wrap: anywhere }", "one character to a line"),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "style", "words"), BADLY_LAID.values(), ids=BADLY_LAID)
def test_what_is_badly_laid_on_a_phone_is_seen(person, markup, style, words):
    page = person(width=390).go("/standards/")
    assert page.evaluate(POORLY_LAID) == []
    page.evaluate("style => document.styleSheets[0].insertRule(style)", style)
    page.evaluate("markup => document.querySelector('main').insertAdjacentHTML('beforeend', markup)", markup)
    assert [told.partition(":")[0] for told in page.evaluate(POORLY_LAID)] == [words]


def test_what_the_page_policy_refuses_is_reported_and_would_fail_the_module(person, portal):
    """Every module asks at its end for reports of the page policy; one that was made on purpose says "drill"."""
    page = person().go("/standards/")
    page.goto(f"{portal.url}/standards/?drill")
    ran = page.evaluate(
        """() => { const one = document.createElement("script"); one.textContent = "window.ran = true";
        document.body.append(one); return window.ran === true; }"""
    )
    assert not ran
    for _ in range(40):
        told = [
            line
            for line in (portal.folder / "web.log").read_text(encoding="utf-8").splitlines()
            if "csp report" in line
        ]
        if told:
            break
        page.wait_for_timeout(250)
    assert any("/standards/?drill" in line and "script-src" in line for line in told), told
