"""Nobody is led to a door that does not open: the menu of each role, and the list of calls."""

import re

import pytest

from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from portal.navigation import navigation
from tests.building.test_who_sees_what import WHO


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield


@pytest.mark.parametrize("who", [*filter(None, WHO), "sheng-xitong", "bumen-yingji"])
def test_every_entry_of_the_menu_opens(house, world, who):
    client = world.signed_in(who)
    menu = navigation(Principal.of_user(User.objects.get(username=who)), "/")
    assert menu and {entry.label: client.get(entry.url).status_code for entry in menu} == dict.fromkeys(
        (entry.label for entry in menu), 200
    )


@pytest.mark.parametrize("who", ["sheng-shenhe", "sheng-guize", "sheng-fabu"])
def test_the_list_of_calls_links_only_what_admits_the_reader(house, world, who):
    client = world.signed_in(who)
    main = client.get("/desk/calls/").content.decode().partition("<main")[2]
    links = set(re.findall(r'href="(/[^"#?]*)', main))
    assert any("calls/" in link for link in links)
    assert [link for link in sorted(links) if client.get(link).status_code != 200] == []
    assert ("起草批次" in main) == (who == "sheng-shenhe")
