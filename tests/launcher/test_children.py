"""Whom a process runs as when the launcher is root."""

import os
import pwd

from launcher import children, places


def test_the_group_of_nobody_is_looked_up_and_not_spelt(monkeypatch):
    red_hat = pwd.struct_passwd(("nobody", "*", 65534, 99, "", "/", "/sbin/nologin"))
    monkeypatch.setattr(places.pwd, "getpwnam", {"nobody": red_hat}.__getitem__)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert children.drop_root() == {"user": "nobody", "group": 99, "extra_groups": []}


def test_an_ordinary_user_stays_who_they_are(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert children.drop_root() == {}
