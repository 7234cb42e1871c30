"""The first command, run as people run it: real processes, real signals, nothing left behind."""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from launcher.up import settings

ROOT = Path(__file__).parents[2]
OURS = (
    "LANG",
    "LC_",
    "DATABASE_URL",
    "REDIS_URL",
    "DJANGO_",
    "PRIVATE_ROOT",
    "STATIC_ROOT",
    "SECRET_KEY",
    "DEMO",
    "TIANTI_",
    "BASE_URL",
)
BARE = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
"""Neither a language nor servers of the caller's: what a login shell on a fresh machine has."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes_of(state):
    """Command lines of everything that runs out of this state folder or serves its port."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                environ = (entry / "environ").read_bytes()
            except OSError:
                continue
            if str(state) in words or f"PRIVATE_ROOT={state}".encode() in environ:
                found.append(f"{entry.name} {words}")
    return found


class Instance:
    def __init__(self, state, *words, env=BARE):
        self.state, self.port = state, free_port()
        self.log = state.parent / f"{state.name}.log"
        self.process = subprocess.Popen(
            ["./tianti", "up", "--state", str(state), "--port", str(self.port), *words],
            cwd=ROOT, env=env, stdout=self.log.open("wb"), stderr=subprocess.STDOUT,
        )  # fmt: skip

    def said(self):
        return self.log.read_text(encoding="utf-8")

    def wait_ready(self):
        end = time.monotonic() + 150
        while time.monotonic() < end:
            if "READY " in self.said():
                return self
            assert self.process.poll() is None, self.said()
            time.sleep(0.2)
        raise AssertionError(self.said())

    def get(self, path="/"):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as reply:
            return reply.status, reply.read().decode()

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture
def folder():
    """Short, because a unix socket's path is; open to every user, because PostgreSQL refuses root."""
    made = Path(tempfile.mkdtemp(prefix="ti-", dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def poor(folder):
    """A PATH on which there is a Python and nothing else: no make, git, node, psql or redis-server."""
    tools = folder / "tools"
    tools.mkdir()
    (tools / "python3").symlink_to(Path(sys.executable).resolve())
    return BARE | {"PATH": str(tools)}


@pytest.fixture
def given():
    """Servers that somebody else runs: an empty database, and a broker's other room, on those of this suite."""
    name = f"given_{os.getpid()}"
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    broker = os.environ["REDIS_URL"].partition("?")[0] + "?db=7"
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as line:
        line.autocommit = True
        with line.cursor() as do:
            do.execute(f"CREATE DATABASE {name}")
            yield {"DATABASE_URL": database, "REDIS_URL": broker}
            do.execute(f"DROP DATABASE {name} WITH (FORCE)")


def gone(state, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end and processes_of(state):
        time.sleep(0.3)
    return processes_of(state)


def test_it_comes_up_with_nothing_but_a_python_keeps_its_data_stops_in_order_and_leaves_no_process(folder, poor):
    state = folder / "one"
    first = Instance(state, env=poor).wait_ready()
    assert first.get("/livez")[0] == 200 and "天梯" in first.get()[1]
    told = json.loads((state / "demo.json").read_text(encoding="utf-8"))
    assert set(told) == {"url", "accounts", "api_clients"}
    assert set(told["accounts"][0]) == {"username", "password", "role", "office", "region", "enterprise"}
    assert {"client_id", "client_secret", "reach", "scopes"} <= set(told["api_clients"][0])
    assert (state / "demo.json").stat().st_mode & 0o077 == 0
    refused = subprocess.run(
        ["./tianti", "up", "--state", str(state), "--port", str(free_port())], cwd=ROOT, env=BARE, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert (refused.returncode, "already up" in refused.stderr) == (1, True)
    asked = subprocess.run(
        ["./tianti", "manage", "--state", str(state), "shell", "-v", "0", "-c",
         "from certification.models import Certificate as C; print(C.objects.count())"],
        cwd=ROOT, env=BARE, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert int(asked.stdout.strip()) > 100
    assert first.end() == 0
    assert gone(state, 10) == []
    again = Instance(state)
    again.wait_ready()
    assert json.loads((state / "demo.json").read_text(encoding="utf-8"))["accounts"] == told["accounts"]
    assert again.end(signal.SIGINT) in (0, 130)
    assert gone(state, 10) == []


def test_one_with_its_own_and_one_with_given_servers_live_side_by_side_and_a_killed_launcher_leaves_nothing(
    folder, given
):
    one, two = Instance(folder / "a", "--no-demo"), Instance(folder / "b", "--no-demo", env=BARE | given)
    one.wait_ready()
    two.wait_ready()
    assert one.get("/readyz")[0] == two.get("/readyz")[0] == 200
    assert (folder / "a" / "servers" / "postgres").is_dir() and not (folder / "b" / "servers").exists()
    assert [line for line in processes_of(folder / "b") if "postgres" in line or "valkey" in line] == []
    one.process.kill()
    one.process.wait(10)
    assert gone(folder / "a", 20) == []
    assert two.get("/readyz")[0] == 200
    assert two.end() == 0
    assert gone(folder / "b", 10) == []


def test_a_taken_port_is_said_with_the_remedy(folder):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        ran = subprocess.run(
            ["./tianti", "up", "--state", str(folder / "c"), "--port", str(holder.getsockname()[1])],
            cwd=ROOT, env=BARE, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert ran.returncode == 1
    assert "is taken by another program" in ran.stderr and "--port" in ran.stderr


def test_only_the_commands_own_words_are_on_stdout(folder):
    ran = subprocess.run(
        ["./tianti", "manage", "--version"], cwd=ROOT, env=BARE | {"TIANTI_STATE": str(folder / "d")}, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 0 and ran.stdout.count("\n") == 1 and ran.stdout[0].isdigit()


def test_an_unknown_row_of_the_scorecard_is_said(folder):
    ran = subprocess.run(
        ["./tianti", "drill", "R99"], cwd=ROOT, env=BARE, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 1 and "No such row: R99" in ran.stderr and "--list" in ran.stderr


def test_the_health_probe_asks_the_page_that_visitors_reach(monkeypatch):
    monkeypatch.delenv("PROBE_URL", raising=False)
    asked = argparse.Namespace(no_demo=True, port=8123)
    assert settings(asked)["PROBE_URL"] == "http://127.0.0.1:8123/livez"
    monkeypatch.setenv("PROBE_URL", "https://portal.example.org/livez")
    assert "PROBE_URL" not in settings(asked)
