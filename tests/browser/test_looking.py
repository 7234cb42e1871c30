"""What was looked at before is not looked at again; what has a new fault always is."""

import pytest

from tests.browser.looking import Looks

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
