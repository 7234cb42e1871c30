"""What the probe looks at: the parts without which nobody can file."""

import os
import urllib.request
from pathlib import Path

from django.conf import settings
from django.db import connection

from foundation.outages.probe import check

PATIENCE = 5


@check("数据库")
def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@check("后台办理")
def broker() -> None:
    import redis

    redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE).ping()


@check("材料存储")
def storage() -> None:
    """A file can be written where papers are kept."""
    path = Path(settings.PRIVATE_ROOT) / f".pulse-{os.getpid()}"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.write_bytes(b"pulse")
    finally:
        path.unlink(missing_ok=True)


@check("网站")
def website() -> None:
    """The web server answers from outside its own process; not asked where no address is set."""
    if settings.PROBE_URL:
        with urllib.request.urlopen(settings.PROBE_URL, timeout=PATIENCE) as answer:  # nosec B310
            if answer.status != 200:
                raise ConnectionError(answer.status)
