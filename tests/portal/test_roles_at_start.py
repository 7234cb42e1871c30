"""Worker and beat are real processes here: with a role that walks through walls they end at once, with ours they go on."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import OperationalError, connection

ROOT = Path(settings.BASE_DIR)
COMMANDS = {
    "worker": ["worker", "--pool", "solo", "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "-Q", "nobody"],
    "beat": ["beat", "--loglevel", "WARNING", "--pidfile", ""],
}  # fmt: skip
PATIENCE = 60


def started(what, user):
    told = connection.settings_dict
    place = f"?host={quote(told['HOST'], safe='')}" if told["HOST"].startswith("/") else ""
    host = "" if place else f"{told['HOST']}:{told['PORT'] or 5432}"
    password = f":{quote(told['PASSWORD'], safe='')}" if told["PASSWORD"] and user == told["USER"] else ""
    env = os.environ | {"DATABASE_URL": f"postgres://{user}{password}@{host}/{told['NAME']}{place}"}
    command = [sys.executable, "-m", "celery", "-A", "portal", *COMMANDS[what]]
    return subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


@pytest.fixture
def superuser(db):
    """The server's own first role, where it lets us in without a password."""
    other = connection.copy()
    other.settings_dict = connection.settings_dict | {"USER": "postgres", "PASSWORD": ""}
    try:
        other.ensure_connection()
    except OperationalError:
        pytest.skip("the superuser of this server does not let us in")
    other.close()
    return "postgres"


@pytest.mark.parametrize("what", COMMANDS)
def test_it_refuses_a_superuser_and_says_how_to_mend(superuser, what):
    child = started(what, superuser)
    try:
        _, said = child.communicate(timeout=PATIENCE)
    finally:
        child.kill()
    assert child.returncode == 1, said
    assert '"postgres"' in said and "is a superuser" in said and "CREATE ROLE tianti LOGIN NOSUPERUSER" in said


def test_both_go_on_with_the_role_that_we_make(db):
    children = {what: started(what, connection.settings_dict["USER"]) for what in COMMANDS}
    try:
        time.sleep(8)
        for what, child in children.items():
            assert child.poll() is None, (what, child.communicate()[1])
    finally:
        for child in children.values():
            child.kill()
            child.communicate()
