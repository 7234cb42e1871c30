"""The real scanner, with one signature of our own; where it is not installed, only the stand-in that speaks like it was asked."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.stage import wait_until

CONF = """LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
Foreground yes
StreamMaxLength 25M
"""
ABSENT = "clamd is not on this machine: only a stand-in that speaks like it was asked"


@contextmanager
def running(signature: bytes) -> Iterator[str]:
    """The address for SCANNER of a clamd that knows this signature and nothing else; "" where there is none."""
    if shutil.which("clamd") is None:
        yield ""
        return
    folder = Path(tempfile.mkdtemp(prefix="drill-clamd-"))
    folder.chmod(0o755)
    (folder / "signatures").mkdir()
    (folder / "signatures" / "drill.ndb").write_text(f"Drill.Virus:0:*:{signature.hex()}\n", encoding="ascii")
    (folder / "clamd.conf").write_text(CONF.format(folder=folder), encoding="ascii")
    scanner = subprocess.Popen(
        ["clamd", "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=sys.stderr
    )
    try:
        if not wait_until((folder / "clamd.sock").exists, 30, 0.1):
            raise SystemExit("clamd is installed and does not start")
        yield f"clamd:{folder}/clamd.sock"
    finally:
        scanner.kill()
        scanner.wait()
        shutil.rmtree(folder, ignore_errors=True)
