"""`./tianti up`: everything in order, READY, and everything stopped again in reverse."""

import argparse
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from launcher.bootstrap import bootstrap
from launcher.children import Child, stop_all
from launcher.places import PYTHON, ROOT, VENV, State
from launcher.servers import Servers, environment
from launcher.steps import Trouble, say, step


class Stop(Exception):
    """A signal asked us to end."""


def up(arguments: argparse.Namespace) -> int:
    began = time.monotonic()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    refuse_half_a_fresh_start(arguments)
    bootstrap()
    state = State.at(arguments.state)
    with open(state.folder / "up.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(
                f"{state.folder} is already up.", "Stop it first, or give another --state and --port."
            ) from None
        refuse_taken_port(arguments.port)
        if arguments.fresh:
            forget(state)
        servers = Servers(state)
        children: list[Child] = []
        try:
            servers.start()
            env = environment(state, servers, **settings(arguments))
            state.remember(demo=not arguments.no_demo)
            prepare(state, env, demo=not arguments.no_demo)
            start_portal(state, env, arguments.port, children)
            ready(state, arguments, time.monotonic() - began)
            watch(children, servers)
        except Stop:
            say("Stopping …")
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            with step("stopped"):
                stop_all(children)
                servers.stop()
    return 0


def _stop(number: int, frame: object) -> None:
    raise Stop


def settings(arguments: argparse.Namespace) -> dict[str, str]:
    mine = {"DEMO": "0" if arguments.no_demo else "1"}
    if "BASE_URL" not in os.environ:
        mine["BASE_URL"] = f"http://127.0.0.1:{arguments.port}"
    if "PROBE_URL" not in os.environ:
        mine["PROBE_URL"] = f"http://127.0.0.1:{arguments.port}/livez"
    return mine


def refuse_half_a_fresh_start(arguments: argparse.Namespace) -> None:
    """--fresh removes what lies in the state folder; a database elsewhere would stay, with rows whose files are gone."""
    if arguments.fresh and os.environ.get("DATABASE_URL"):
        raise Trouble(
            "--fresh does not empty the database that DATABASE_URL names, and would remove the files that its rows need.",
            "Empty that database yourself and start without --fresh in a new --state folder, or unset DATABASE_URL.",
        )


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Trouble(f"Port {port} is taken by another program.", "Give another one: --port 8001") from None


def forget(state: State) -> None:
    """--fresh: the data of this instance go, and its secrets: nothing signed for the old one counts in the new one."""
    with step("old data removed"):
        secrets = [*state.folder.glob("*.secret"), *state.folder.glob("seals.jsonl")]
        # Backups outlive the data they are of; the new server's log must not meet the old one's. Without the keys and
        # the seals nobody could check their record: they go along, copied before anything is lost.
        archive = state.servers / "archive"
        if archive.exists():
            kept = state.folder / time.strftime("archive-of-%Y%m%dT%H%M%S")
            shutil.move(archive, kept)
            for file in secrets:
                shutil.copy2(file, kept / file.name)
        shutil.rmtree(state.servers, ignore_errors=True)
        for name in ("private", "static", "logs"):
            shutil.rmtree(state.folder / name, ignore_errors=True)
        for file in (*secrets, state.folder / "demo.json", state.folder / "demo.new"):
            file.unlink(missing_ok=True)


def prepare(state: State, env: dict[str, str], *, demo: bool) -> None:
    """Tables, policies, static files and the demo world in one process; each says how long it took."""
    command = [str(PYTHON), "manage.py", "prepare", "--credentials", str(state.demo)]
    command.append("--demo" if demo else "--no-demo")
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=env | {"DB_STATEMENT_TIMEOUT_MS": "0", "DB_LOCK_TIMEOUT_MS": "10000"},
        stdout=sys.stderr,
        check=False,
    )
    if done.returncode:
        # A database elsewhere is not ours to empty, and --fresh refuses to.
        remedy = "" if os.environ.get("DATABASE_URL") else "With --fresh it starts from nothing."
        raise Trouble("The database could not be prepared; see above.", remedy)


def start_portal(state: State, env: dict[str, str], port: int, children: list[Child]) -> None:
    bin_folder = VENV / "bin"
    celery = [str(bin_folder / "celery"), "-A", "portal"]
    pool = ["--concurrency", "2"]
    if not os.access("/dev/shm", os.W_OK):
        pool += ["--pool", "threads"]
    log = state.logs
    web = Child(
        "web",
        [
            str(bin_folder / "gunicorn"), "portal.wsgi", "--preload", "--bind", f"127.0.0.1:{port}", "--workers", "3",
            "--worker-class", "gthread", "--threads", "8", "--timeout", "30", "--graceful-timeout", "5", "--no-control-socket",
            "--max-requests", "5000", "--max-requests-jitter", "500", "--worker-tmp-dir", str(state.folder),
        ],
        env, log / "web.log", options={"cwd": str(ROOT)},
    )  # fmt: skip
    worker = Child(
        "worker",
        [*celery, "worker", "--loglevel", "WARNING", "--without-gossip", "--without-mingle", *pool],
        env, log / "worker.log", orphan_signal=signal.SIGKILL, options={"cwd": str(ROOT)},
    )  # fmt: skip
    beat = Child(
        "beat",
        [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""],
        env, log / "beat.log", orphan_signal=signal.SIGKILL, options={"cwd": str(ROOT)},
    )  # fmt: skip
    for child in (web, worker, beat):
        children.append(child)
        child.start()
    with step("web, worker, beat"):
        web.wait_until(lambda: answers(port), 60)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=3) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def ready(state: State, arguments: argparse.Namespace, seconds: float) -> None:
    url = f"http://127.0.0.1:{arguments.port}"
    print(f"READY {url}   ({seconds:.1f} s; Ctrl-C stops everything)", flush=True)
    if state.is_demo:
        print_accounts(state.demo)
    elif state.demo.is_file():
        print(
            "\nThe invented people and firms of an earlier demo are still in this instance; the demo's settings are off "
            "(officials need a second factor).\nFor a portal without them: --fresh, or another --state.",
            flush=True,
        )


def print_accounts(file: Path) -> None:
    world = json.loads(file.read_text(encoding="utf-8"))
    print("\nDemo accounts (invented people and firms; MFA is off in the demo):", flush=True)
    for account in world["accounts"]:
        where = account.get("office") or account.get("enterprise") or ""
        print(f"  {account['username']:<18} {account['password']:<22} {account['role']}  {where}", flush=True)
    print(f"All of them, and the API clients: {file}", flush=True)


def watch(children: list[Child], servers: Servers) -> None:
    """Wait for a signal. A web tier that ends takes the instance down; a worker or beat is started again."""
    while True:
        time.sleep(1)
        gone = servers.failed()
        if gone:
            raise Trouble(f"{gone} ended by itself.", f"See the logs in {servers.state.logs}.")
        for child in children:
            if child.ended and child.name == "web":
                raise Trouble(f"The web tier ended by itself:\n{child.tail()}", f"See {child.log}.")
            if child.ended:
                say(f"  ! {child.name} ended and is started again; see {child.log}")
                child.start()
