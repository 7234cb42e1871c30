"""Child processes that never outlive the launcher: own session, parent-death signal, ordered stop."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from launcher.places import NOBODY, nobodys_group, runs_as_root
from launcher.steps import Trouble, say

PR_SET_PDEATHSIG = 1


def die_with_parent(number: int) -> Callable[[], None]:
    """A preexec hook. It runs after the change of user, because the kernel forgets the signal on setuid."""
    parent = os.getpid()

    def hook() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return hook


def drop_root() -> dict[str, Any]:
    """Popen arguments that give up root; nothing for an ordinary user."""
    return {"user": NOBODY, "group": nobodys_group(), "extra_groups": []} if runs_as_root() else {}


@dataclass
class Child:
    """One process in a session of its own; `stop_signal` is the one that ends it in good order."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    log: Path
    stop_signal: int = signal.SIGTERM
    orphan_signal: int = signal.SIGTERM
    patience: float = 10
    options: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(self.orphan_signal),
                **self.options,
            )

    @property
    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Poll until `ready`; Trouble with the end of the log when the child dies or takes too long."""
        deadline = time.monotonic() + seconds
        while not ready():
            if self.ended or time.monotonic() > deadline:
                why = "ended" if self.ended else f"was not ready after {seconds:.0f} s"
                raise Trouble(f"{self.name} {why}:\n{self.tail()}", f"The whole log: {self.log}")
            time.sleep(0.05)

    def tail(self, lines: int = 12) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def stop(self) -> None:
        """Ask, wait, then insist; the whole session goes, not only its leader."""
        if self.process is None:
            return
        if not self.ended:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(self.patience)
            except subprocess.TimeoutExpired:
                say(f"  ! {self.name} did not stop within {self.patience:.0f} s and was ended")
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def stop_all(children: Sequence[Child]) -> None:
    """In reverse order of the start: what depends on others goes first."""
    for child in reversed(children):
        child.stop()
