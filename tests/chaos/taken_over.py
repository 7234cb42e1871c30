"""What somebody would try who took over the process that opens files. Run as a script with the name of one attempt.

Prints what came of it: the name of the error, or "done". It imports nothing of the house, like the scripts it stands for.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

MEMORY, SECONDS = 400_000_000, 2


def open_many() -> None:
    held = [os.open("/dev/null", os.O_RDONLY) for _ in range(500)]
    assert held


def reckon() -> None:
    began = time.process_time()
    while time.process_time() < began + 5:
        pass


ATTEMPTS: dict[str, Callable[[], object]] = {
    "network": lambda: socket.create_connection(("127.0.0.1", 9), 1),
    "socket of the database": lambda: socket.socket(socket.AF_UNIX),
    "another program": lambda: subprocess.run(["/bin/true"], check=True),
    "another process": os.fork,
    "a new file": lambda: Path(sys.argv[2] + ".new").write_bytes(b"x"),
    "a file emptied": lambda: Path(sys.argv[2]).write_bytes(b""),
    "a file removed": lambda: Path(sys.argv[2]).unlink(),
    "a file renamed": lambda: Path(sys.argv[2]).rename(sys.argv[2] + ".gone"),
    "a file opened to others": lambda: Path(sys.argv[2]).chmod(0o777),
    "another process ended": lambda: os.kill(os.getppid(), 0),
    "open files": open_many,
    "memory": lambda: bytearray(1_000_000_000),
    "time": reckon,
}

if __name__ == "__main__":
    try:
        ATTEMPTS[sys.argv[1]]()
    except BaseException as error:
        sys.stdout.write(type(error).__name__)
    else:
        sys.stdout.write("done")
