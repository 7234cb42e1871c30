"""How long the server takes for each page of the demo world, per role, beside the same server's `/livez`.

usage: python benchmarks/pages.py .tianti/demo.json [REPEATS]
"""

import html
import http.client
import json
import re
import statistics
import sys
import time
import urllib.parse
from pathlib import Path

DEEP = 2
SKIP = re.compile(r"logout|^/static|^/accounts/2fa|\.(pdf|xlsx|svg)$")


class Visitor:
    """A browser without a screen: one connection, its cookies, the seconds of each answer."""

    def __init__(self, address: str) -> None:
        self.host = urllib.parse.urlsplit(address).netloc
        self.line = http.client.HTTPConnection(self.host, timeout=30)
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, float, str]:
        body = urllib.parse.urlencode(form) if form is not None else None
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Host": self.host}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.line.request("POST" if body is not None else "GET", path, body, headers)
        answer = self.line.getresponse()
        text = answer.read().decode("utf-8", "replace")
        took = time.perf_counter() - began
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, text, took, answer.getheader("Location") or ""

    def sign_in(self, username: str, password: str) -> None:
        _, page, _, _ = self.ask("/accounts/login/")
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        form = {"login": username, "password": password, "csrfmiddlewaretoken": token.group(1)}
        status, _, _, where = self.ask("/accounts/login/", form)
        assert status == 302, (username, status, where)


def links(page: str) -> list[str]:
    found = [html.unescape(link) for link in re.findall(r'href="(/[^"#]*)', page)]
    return [link for link in found if not SKIP.search(link.partition("?")[0])]


def shape(path: str) -> str:
    """/desk/cases/abc123/ → /desk/cases/*/ : one page, whatever its object."""
    return re.sub(r"/(?=[^/]*\d)[0-9A-Za-z-]{6,}(?=/|$)", "/*", path.partition("?")[0])


def walk(visitor: Visitor, start: str) -> list[str]:
    """One address per shape, found by following links."""
    seen: dict[str, str] = {}
    edge = [start]
    for _ in range(DEEP + 1):
        following: list[str] = []
        for path in edge:
            if shape(path) in seen:
                continue
            status, page, _, _ = visitor.ask(path)
            if status == 200:
                seen[shape(path)] = path
                following += links(page)
        edge = following
    return list(seen.values())


def main() -> None:
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    base = Visitor(told["url"])
    floor = statistics.median(base.ask("/livez")[2] for _ in range(100))
    rows = []
    for account in [{"username": "", "password": ""}, *told["accounts"]]:
        visitor = Visitor(told["url"])
        if account["username"]:
            visitor.sign_in(account["username"], account["password"])
        home = "/" if not account["username"] else "/desk/" if account["office"] else "/my/"
        for path in walk(visitor, home):
            times = sorted(visitor.ask(path)[2] for _ in range(repeats))
            rows.append(
                (times[max(0, round(0.95 * repeats) - 1)], account["username"], shape(path), times[repeats // 2])
            )
    rows.sort(reverse=True)
    slowest = [
        {
            "page": page,
            "who": who,
            "p95_ms": round(p95 * 1000, 1),
            "median_ms": round(half * 1000, 1),
            "times_livez": round(half / floor, 1),
        }
        for p95, who, page, half in rows[:12]
    ]
    every = sorted(p95 for p95, *_ in rows)
    print(json.dumps({
        "pages": len(rows), "livez_ms": round(floor * 1000, 2), "p95_of_all_ms": round(every[round(0.95 * len(every)) - 1] * 1000, 1),
        "slowest_p95_ms": round(every[-1] * 1000, 1), "slowest": slowest,
    }, ensure_ascii=False, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
