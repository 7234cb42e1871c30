"""What every drill needs: processes it may kill, servers of its own, a seed, and one JSON line at the end."""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


@dataclass
class Arguments:
    full: bool
    plant: str
    seed: int


def arguments() -> Arguments:
    own = argparse.ArgumentParser()
    own.add_argument("--full", action="store_true")
    own.add_argument("--plant", default="")
    own.add_argument("--seed", type=int, default=1)
    asked = own.parse_args()
    return Arguments(asked.full, asked.plant, asked.seed)


def manage(*words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, stdout=sys.stderr)


def prepare(*, demo: bool = True) -> None:
    """The drill's database filled; DRILL_READY says that it is a copy of one that was."""
    os.environ.setdefault("AUDIT_SEAL_KEY", "drill")
    os.environ.setdefault("LETTER_REMEDY", "（演练）救济途径、期限和受理机关")
    if os.environ.get("DRILL_READY"):
        return
    manage("prepare", "--demo" if demo else "--no-demo")


def restore(postgres: Any) -> None:
    """The suite's filled world into a server of one's own, instead of the same tables and firms made once more."""
    world = os.environ.get("DRILL_WORLD", "")
    if not world:
        return
    from launcher.postgres import NAME, binaries

    subprocess.run(
        [str(binaries(postgres.state) / "pg_restore"), "-h", str(postgres.folder), "-U", "postgres", "-d", NAME, world],
        check=True, stdout=sys.stderr,
    )  # fmt: skip
    os.environ["DRILL_READY"] = "1"


@contextmanager
def own_servers(*, postgres: bool = True) -> Iterator[Any]:
    """Servers that the drill may stop, freeze and wipe; os.environ points at them. Yields launcher's Servers."""
    sys.path.insert(0, str(ROOT))
    from launcher.places import State
    from launcher.servers import Servers

    given = ("DATABASE_URL", "REDIS_URL") if postgres else ("REDIS_URL",)
    before = {name: os.environ.pop(name, None) for name in given}
    with tempfile.TemporaryDirectory(prefix="drill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        servers = Servers(State.at(folder))
        try:
            servers.start()
            os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = servers.database_url, servers.redis_url
            if postgres:
                os.environ.pop("DRILL_READY", None)
                restore(servers.started[0])
            yield servers
        finally:
            for server in servers.started:
                if server.child is not None and server.child.process is not None:
                    with_patience(lambda s=server: os.killpg(s.child.process.pid, signal.SIGCONT))
            servers.stop()
            os.environ |= {name: value for name, value in before.items() if value}


def with_patience(act: Callable[[], Any]) -> None:
    try:
        act()
    except OSError:
        return


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Processes:
    """Child processes in groups of their own; everything is gone when the drill ends."""

    env: dict[str, str]
    log: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @classmethod
    def at(cls, **env: str) -> "Processes":
        return cls(env, Path(tempfile.mkdtemp(prefix="drill-")) / "processes.log")

    def start(self, name: str, *command: str, **env: str) -> subprocess.Popen[bytes]:
        out = self.log.open("ab")
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env=os.environ | self.env | env, stdout=out, stderr=out,
            start_new_session=True,
        )  # fmt: skip
        return self.running[name]

    def web(self, port: int, *, workers: int = 2, plant: str = "") -> None:
        """The web tier as `up` runs it, with one defect planted when the drill asks for it."""
        self.start(
            "web", "gunicorn", "tests.chaos.web", "--preload", "--bind", f"127.0.0.1:{port}", "--workers", str(workers),
            "--worker-class", "gthread", "--threads", "8", "--timeout", "30", "--no-control-socket",
            DRILL_PLANT=plant, BASE_URL=f"http://127.0.0.1:{port}", DEMO="1",
        )  # fmt: skip

    def kill(self, name: str) -> None:
        """SIGKILL to the whole group: nobody gets to say goodbye."""
        process = self.running.pop(name, None)
        if process is not None:
            with_patience(lambda: os.killpg(process.pid, signal.SIGKILL))  # it may have ended by itself
            process.wait()

    def kill_a_child(self, name: str, rng: random.Random) -> None:
        """SIGKILL to one pool child; the parent lives."""
        process = self.running[name]
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False
        )
        children = found.stdout.split()
        if children:
            os.kill(int(rng.choice(children)), signal.SIGKILL)

    def kill_all(self) -> None:
        for name in list(self.running):
            self.kill(name)


def wait_until(done: Callable[[], bool], seconds: float, step: float = 0.25) -> bool:
    """True as soon as it holds, False when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(step)
    return done()


def tell(row: str, asked: Arguments, counts: dict[str, Any], target: str, passed: bool) -> int:
    """The last line of a drill, and its exit code."""
    told = {
        "row": row, "form": "full" if asked.full else "short", "plant": asked.plant, "seed": asked.seed,
        "counts": counts, "target": target, "passed": passed,
    }  # fmt: skip
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return 0 if passed else 1
