"""PostgreSQL and Valkey for one state folder: started here, found running, or named by the environment."""

import os
from dataclasses import dataclass, field

from launcher.children import stop_all
from launcher.places import State
from launcher.postgres import Postgres
from launcher.steps import step
from launcher.valkey import Valkey


@dataclass
class Servers:
    state: State
    durable: bool = True
    own: bool = False
    """Only servers of this folder, whatever the environment names."""
    started: list[Postgres | Valkey] = field(default_factory=list)
    database_url: str = ""
    redis_url: str = ""

    def start(self) -> None:
        """Start what is neither given (DATABASE_URL, REDIS_URL) nor running already."""
        self.database_url = "" if self.own else os.environ.get("DATABASE_URL", "")
        if not self.database_url:
            postgres = Postgres(self.state, durable=self.durable)
            if not postgres.answers():
                with step("PostgreSQL"):
                    postgres.start()
                self.started.append(postgres)
            self.database_url = postgres.url
        self.redis_url = "" if self.own else os.environ.get("REDIS_URL", "")
        if not self.redis_url:
            valkey = Valkey(self.state)
            if not valkey.answers():
                with step("Valkey"):
                    valkey.start()
                self.started.append(valkey)
            self.redis_url = valkey.url

    def stop(self) -> None:
        stop_all([server.child for server in self.started if server.child])

    def failed(self) -> str:
        """The name of a server that ended by itself, or nothing."""
        return next((s.child.name for s in self.started if s.child and s.child.ended), "")


def environment(state: State, servers: Servers | None, **more: str) -> dict[str, str]:
    """What the portal's processes read; the caller's own settings win, except for the servers."""
    base = {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PRIVATE_ROOT": str(state.private),
        "STATIC_ROOT": str(state.static),
        "SECRET_KEY": state.secret("django"),
        "AUDIT_SEAL_KEY": state.secret("seal"),
        "AUDIT_SEAL_FILE": str(state.folder / "seals.jsonl"),
        "LC_ALL": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "TZ": "Asia/Shanghai",
    }
    known = base | dict(os.environ) | more
    if servers is not None:
        known |= {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
    return known
