"""Every role walks its own menu and the pages behind it, on a wide screen and on a phone; axe looks at each."""

import pytest

from tests.browser.hand import click

WIDE, NARROW = 1440, 390
MENUS = {
    "": ["/", "/self-check/", "/register/", "/postings/", "/case-figures/", "/standards/", "/standards/T2-2026/", "/join/", "/accounts/login/",
         "/accounts/password/reset/", "/no-such-page/"],
    "qiye-zhang": ["/my/facts/profile/", "/my/facts/figures/", "/my/facts/import/", "/my/facts/papers/", "/messages/", "/my/calendar/",
                   "/my/update/", "/my/changes/"],
    "qiye-xin": ["/my/link/"],
    "xingqing": ["/accounts/people/"],
    "yinchuan": ["/desk/postings/"],
    "sheng-chuzhang": ["/desk/calls/new/", "/desk/titles/import/", "/messages/", "/desk/rereviews/days/", "/desk/rereviews/changes/"],
    "sheng-guize": ["/desk/measures/M02.4/"],
    "sheng-guanli": [],
    "sheng-shenhe": ["/desk/rounds/new/", "/desk/rounds/experts/", "/draws/"],
}  # fmt: skip


@pytest.mark.parametrize("who", MENUS)
def test_every_page_of_the_menu_is_clean_on_a_wide_screen_and_on_a_phone(person, who):
    somebody = person(width=WIDE, height=900)
    if who:
        somebody.sign_in(who)
    else:
        somebody.go("/")
    menu = somebody.page.locator("nav.nav a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert len(menu) >= 2
    for path in [*menu, *MENUS[who]]:
        somebody.go(path)
        look_on_a_phone(somebody)
    first = {"xingqing": "/desk/cases/", "yinchuan": "/desk/cases/", "sheng-chuzhang": "/desk/cases/?view=all"}.get(who)
    if first:
        somebody.go(first)
        click(somebody.page.locator("main table a").first)
        somebody.look()
        look_on_a_phone(somebody)
    assert len(somebody.seen) >= len(menu)


def look_on_a_phone(somebody):
    """The window is made narrow around the same page: what a style sheet does to it needs no second request."""
    somebody.page.set_viewport_size({"width": NARROW, "height": 900})
    somebody.look()
    somebody.page.set_viewport_size({"width": WIDE, "height": 900})


def test_a_page_that_is_too_wide_for_a_phone_only_is_noticed(person, portal):
    somebody = person(width=WIDE, height=900)
    somebody.go("/")
    somebody.page.evaluate("document.querySelector('main').style.minWidth = '1000px'")
    somebody.look()
    assert portal.wrong == []
    look_on_a_phone(somebody)
    told, portal.wrong[:] = [line[1] for line in portal.wrong], []
    assert told == ["wider than the window"]
