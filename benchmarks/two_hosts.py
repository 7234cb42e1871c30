"""The same sweep with workers on one host and on two: two network namespaces with an address each, one database.

usage: python benchmarks/two_hosts.py [TITLES]     as root, with `ip`; on an empty database of its own: DATABASE_URL (a socket), PRIVATE_ROOT

The workers reach the database by TCP over a bridge, as they would from two machines. Both hosts share this machine's cores with the
database, so the speed-up printed is a floor for machines of their own.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from urllib.parse import parse_qs, urlsplit

import sweep as bench
from django.core.management import call_command

from foundation.ledger import work

BRIDGE, HERE, PORT = "br-tianti", "10.77.0.1", 5544
HOSTS = {"tianti-1": "10.77.0.11", "tianti-2": "10.77.0.12"}
PIECE = 1 << 16


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def build() -> None:
    """A bridge with the database's address, and two hosts on it."""
    ip("link", "add", BRIDGE, "type", "bridge")
    ip("addr", "add", f"{HERE}/24", "dev", BRIDGE)
    ip("link", "set", BRIDGE, "up")
    for number, (host, address) in enumerate(HOSTS.items()):
        ip("netns", "add", host)
        ip("link", "add", f"veth-t{number}", "type", "veth", "peer", "name", "eth0", "netns", host)
        ip("link", "set", f"veth-t{number}", "master", BRIDGE, "up")
        ip("-n", host, "addr", "add", f"{address}/24", "dev", "eth0")
        ip("-n", host, "link", "set", "eth0", "up")


def clear() -> None:
    for host in HOSTS:
        subprocess.run(["ip", "netns", "del", host], capture_output=True, check=False)
    subprocess.run(["ip", "link", "del", BRIDGE], capture_output=True, check=False)


def forward(path: str) -> socket.socket:
    """TCP on the bridge to the database's own socket."""
    door = socket.create_server((HERE, PORT))

    def pump(source: socket.socket, target: socket.socket) -> None:
        while data := source.recv(PIECE):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)

    def serve() -> None:
        while True:
            guest, _ = door.accept()
            inner = socket.socket(socket.AF_UNIX)
            inner.connect(path)
            for pair in ((guest, inner), (inner, guest)):
                threading.Thread(target=pump, args=pair, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return door


def main() -> None:
    titles = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    told = urlsplit(os.environ["DATABASE_URL"])
    folder = parse_qs(told.query)["host"][0]
    call_command("prepare", "--demo", verbosity=0)
    work.drain()
    bench.grow(0, titles)
    clear()
    build()
    forward(f"{folder}/.s.PGSQL.5432")
    remote = {"DATABASE_URL": f"postgres://{told.username}@{HERE}:{PORT}{told.path}"}
    on = {host: ["ip", "netns", "exec", host, *bench.WORK] for host in HOSTS}
    one, two = [on["tianti-1"]], list(on.values())
    try:
        bench.swept("full", "warm up", two, **remote)
        runs = []
        for turn in range(3):
            alone = bench.swept("full", f"one host {turn}", one, **remote)[0]
            both, judged, _ = bench.swept("full", f"two hosts {turn}", two, **remote)
            runs.append(
                {
                    "titles": judged,
                    "one_host_s": round(alone, 1),
                    "two_hosts_s": round(both, 1),
                    "speed_up": round(alone / both, 2),
                }
            )
            print(json.dumps(runs[-1]), flush=True)
    finally:
        clear()
    print(json.dumps({"cores": os.cpu_count(), "speed_up": sorted(run["speed_up"] for run in runs)[1], "runs": runs}))


if __name__ == "__main__":
    main()
