"""Where things lie: the checkout, its virtual environment, and one state folder per instance."""

import hashlib
import os
import pwd
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SOCKET_PATH_LIMIT = 90
NOBODY = "nobody"
NO_DEMO = "no-demo"


def runs_as_root() -> bool:
    return os.geteuid() == 0


def nobodys_group() -> int:
    """The number of the group of `nobody`: its name is nogroup on Debian, nobody on Red Hat."""
    return pwd.getpwnam(NOBODY).pw_gid


def open_to_everyone(path: Path) -> bool:
    """True when any user may walk down to `path`; PostgreSQL refuses root and runs as nobody."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in [path, *path.parents])


@dataclass(frozen=True)
class State:
    """One instance: data, sockets, logs, secrets. Two instances share nothing but the code."""

    folder: Path

    @classmethod
    def at(cls, where: str | Path) -> "State":
        folder = Path(where).expanduser()
        folder = folder if folder.is_absolute() else Path.cwd() / folder
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder.resolve())

    @property
    def servers(self) -> Path:
        """Data and sockets of the embedded servers; elsewhere when the path is too long or closed to nobody."""
        inside = self.folder / "servers"
        inside.mkdir(exist_ok=True)
        too_long = len(str(inside / "postgres" / ".s.PGSQL.5432")) > SOCKET_PATH_LIMIT
        closed = runs_as_root() and not open_to_everyone(inside)
        if not (too_long or closed):
            return inside
        mark = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        outside = Path("/var/tmp") / f"tianti-{os.getuid()}-{mark}"
        outside.mkdir(mode=0o755, exist_ok=True)
        return outside

    @property
    def logs(self) -> Path:
        return self._folder("logs")

    @property
    def private(self) -> Path:
        return self._folder("private")

    @property
    def static(self) -> Path:
        return self._folder("static")

    @property
    def demo(self) -> Path:
        return self.folder / "demo.json"

    @property
    def is_demo(self) -> bool:
        """Whether this instance was last started as a demo; its world outlives a start without it."""
        return self.demo.is_file() and not (self.folder / NO_DEMO).exists()

    def remember(self, *, demo: bool) -> None:
        """How it is started now: `manage` beside it and after it must mean the same portal."""
        mark = self.folder / NO_DEMO
        if demo:
            mark.unlink(missing_ok=True)
        else:
            mark.touch()

    def secret(self, name: str) -> str:
        """A random secret of this instance, made once and readable by its owner only."""
        file = self.folder / f"{name}.secret"
        if not file.exists():
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as out:
                out.write(secrets.token_urlsafe(64))
        return file.read_text()

    def _folder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        return folder
