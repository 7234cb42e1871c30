"""Every role walks its own menu and the pages behind it, on a wide screen and on a phone; axe looks at each."""

import pytest

from tests.browser.hand import click

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


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("who", MENUS)
def test_every_page_of_the_menu_is_clean(person, who, width):
    somebody = person(width=width, height=900)
    if who:
        somebody.sign_in(who)
    else:
        somebody.go("/")
    menu = somebody.page.locator("nav.nav a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert len(menu) >= 2
    for path in [*menu, *MENUS[who]]:
        somebody.go(path)
    first = {"xingqing": "/desk/cases/", "yinchuan": "/desk/cases/", "sheng-chuzhang": "/desk/cases/?view=all"}.get(who)
    if first:
        somebody.go(first)
        click(somebody.page.locator("main table a").first)
        somebody.look()
    assert len(somebody.seen) >= len(menu)
