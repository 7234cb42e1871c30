"""From a bare checkout to a virtual environment with exactly the locked packages."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher.places import PYTHON, ROOT, VENV
from launcher.steps import Trouble, step

LOCKS = ("requirements-dev.txt", "requirements-uv.txt")
STAMP = VENV / ".tianti-stamp"
BYTECODE = VENV / "bytecode"


def fingerprint() -> str:
    """Of the locks and of the environment's own Python, whichever Python the command was started with."""
    own = VENV / "pyvenv.cfg"
    digest = hashlib.sha256(own.read_bytes() if own.is_file() else b"")
    for name in LOCKS:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def keep_bytecode() -> None:
    """Every process started from here keeps what it compiled, inside `.venv`, whatever the caller's shell says.

    Without this a machine that forbids bytecode beside the sources compiles two thousand modules again in each process:
    five of the six and a half seconds that one takes to start.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(BYTECODE)


def bootstrap() -> None:
    """Make or renew `.venv`. Nothing to do when the locks have not changed; two launchers wait for each other."""
    keep_bytecode()
    if PYTHON.exists() and STAMP.is_file() and STAMP.read_text() == fingerprint():
        return
    with open(ROOT / ".venv.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if PYTHON.exists() and STAMP.is_file() and STAMP.read_text() == fingerprint():
            return
        if not PYTHON.exists():
            with step("virtual environment"):
                make_venv()
        with step("dependencies, locked by hash"):
            run([str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements-uv.txt"],
                "Is the package index reachable? A mirror is set with PIP_INDEX_URL.")  # fmt: skip
            run([str(VENV / "bin" / "uv"), "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON),
                 "requirements-dev.txt"],
                "Is the package index reachable? A mirror is set with UV_INDEX_URL.")  # fmt: skip
        # A packed file keeps the time of its making: what was compiled from the one before would pass for its own.
        shutil.rmtree(BYTECODE, ignore_errors=True)
        STAMP.write_text(fingerprint())


def make_venv() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode or not (VENV / "bin" / "pip").exists():
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Trouble(
            "This Python cannot make a virtual environment (ensurepip is missing).",
            f"On Debian and Ubuntu: apt-get install -y python{version}-venv — then run the command again.",
        )


def run(command: list[str], remedy: str) -> None:
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"{Path(command[0]).name} failed:\n{(done.stderr or done.stdout).strip()[-1500:]}", remedy)
