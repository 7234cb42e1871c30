"""A real browser before a real server: the demo world in a database of its own, gunicorn, and a clock that moves."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.hand import click
from tests.browser.looking import POORLY_LAID, Looks
from tests.chaos.yard import YARD, Yard

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
]
DAY = 86_400
TOO_WIDE = """(() => {
    const told = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), span = document.createRange();
    for (const e of document.querySelectorAll("body *")) {
        const { right } = e.getBoundingClientRect();
        if (right > innerWidth && !e.closest("nav")) told.push(`${e.tagName}.${e.className}#${e.id} ${right}`);
    }
    while (texts.nextNode()) {
        span.selectNodeContents(texts.currentNode);
        const { right } = span.getBoundingClientRect();
        if (right > innerWidth && !texts.currentNode.parentElement.closest("nav")) told.push(`${right} ${texts.currentNode.data.trim().slice(0, 40)}`);
    }
    return told.slice(-4).join(" | ");
})()"""
"""What stands out of the window, so that a failure says it."""


LOOKS = Looks()


def route_of(path: str) -> str:
    try:
        return resolve(path.partition("?")[0].partition("#")[0]).route
    except Resolver404:
        return "nowhere"


def chromium_path() -> str:
    """Where the system's Chromium is. Without one the tests are skipped, except on CI, where that is a failure."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    why = "no Chromium on this machine: apt-get install chromium fonts-noto-cjk"
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


class Portal:
    """The running product: its address, its accounts, and the days its clock is ahead."""

    def __init__(self, folder: Path, database: str, yard: Yard | None = None) -> None:
        self.folder, self.days, self.process = folder, 0, None
        self.wrong: list[tuple[str, ...]] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        host = settings.DATABASES["default"]["HOST"]
        user = settings.DATABASES["default"]["USER"]
        self.env = os.environ | {
            "DATABASE_URL": f"postgres://{user}@/{database}?host={host}",
            "DEMO": "1", "MFA_REQUIRED": "0", "BASE_URL": self.url, "ALLOWED_HOSTS": "*", "SECRET_KEY": "b" * 60,
            "STATIC_ROOT": str(folder / "static"), "PRIVATE_ROOT": str(folder / "private"),
            "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "portal.settings",
        }  # fmt: skip
        credentials = folder / "demo.json"
        if yard is not None:
            yard.copy(database, folder / "private")
            self.env["STATIC_ROOT"], credentials = str(yard.folder / "static"), yard.credentials
        else:
            self.manage("prepare", "--demo", "--credentials", str(credentials), DB_STATEMENT_TIMEOUT_MS="0")
        told = json.loads(credentials.read_text(encoding="utf-8"))
        self.passwords = {a["username"]: a["password"] for a in told["accounts"]}

    def manage(self, *words: str, **env: str) -> str:
        ran = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.env | env, capture_output=True, text=True, timeout=240,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr[-2000:]
        return ran.stdout

    def start(self) -> None:
        log = (self.folder / "web.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{self.port}", "-w", "2", "--preload", "--threads", "8", "portal.wsgi"],
            cwd=ROOT, env=self.env, stdout=log, stderr=log,
        )  # fmt: skip
        for _ in range(120):
            try:
                with urllib.request.urlopen(self.url + "/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.25)
        raise AssertionError((self.folder / "web.log").read_text()[-2000:])

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)

    def reports(self) -> list[str]:
        """What browsers told us that the page policy refused."""
        lines = (self.folder / "web.log").read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if "csp report" in line and "drill" not in line]

    def move_clock(self, days: int) -> None:
        """The whole office wakes up so many days later, and the clock's own work is done."""
        self.stop()
        self.days += days
        self.env["CLOCK_OFFSET_SECONDS"] = str(self.days * DAY)
        self.manage(
            "shell",
            "-c",
            "from certification.tasks import hourly; from foundation.ledger.work import drain; hourly(); drain()",
        )
        self.start()


class Person:
    """Somebody at a browser window: signs in, walks, and every page seen is checked by axe."""

    def __init__(self, browser: Browser, portal: Portal, *, width: int = 1440, height: int = 900) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        self.portal, self.seen, self.faults = portal, {}, []
        self.page = self.open_tab()

    def open_tab(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "console", lambda m: self.faults.append(m.text) if m.type == "error" and "status of" not in m.text else None
        )
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page

    def go(self, path: str) -> Page:
        self.page.goto(self.portal.url + path)
        self.look()
        return self.page

    def sign_in(self, username: str, password: str = "") -> Page:
        self.page.goto(self.portal.url + "/accounts/login/")
        self.page.get_by_label("用户名或电子邮箱").fill(username)
        self.page.get_by_label("密码", exact=True).fill(password or self.portal.passwords[username])
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)
        self.look()
        return self.page

    def press(self, name: str, **more: Any) -> Page:
        click(self.page.get_by_role("button", name=name, **more).first)
        self.look()
        return self.page

    def follow(self, name: str) -> Page:
        click(self.page.get_by_role("link", name=name).first)
        self.look()
        return self.page

    def look(self) -> None:
        """No accessibility fault, no sideways scrolling, no console error; told together at the end of the test."""
        path = self.page.url.removeprefix(self.portal.url)
        wrong: list[tuple[str, ...]] = list(LOOKS.at(self.page, route_of(path)))
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            wrong.append(("wider than the window", str(wide), self.page.evaluate(TOO_WIDE)))
        wrong += [("poorly laid", fault) for fault in self.page.evaluate(POORLY_LAID)]
        wrong += [("console", fault) for fault in self.faults]
        self.faults.clear()
        self.portal.wrong += [(path, *line) for line in wrong]
        self.seen[path] = True

    def text(self) -> str:
        return self.page.inner_text("main")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Portal]:
    """Where drills run beside, their filled world is copied; alone, the module fills one of its own."""
    chromium_path()
    yard = request.config.stash.get(YARD, None)
    told, name = settings.DATABASES["default"], f"browser_{os.getpid()}"
    admin = psycopg2.connect(host=told["HOST"], user=told["USER"], dbname="postgres")
    admin.autocommit = True
    if yard is None:
        with admin.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    running = Portal(tmp_path_factory.mktemp("portal"), name, yard)
    running.start()
    yield running
    running.stop()
    reports = running.reports()
    with admin.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.close()
    assert reports == [], "the page policy refused something"


@pytest.fixture(scope="module")
def browser(portal: Portal) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield window
        window.close()


@pytest.fixture
def person(browser: Browser, portal: Portal) -> Any:
    def arrive(**size: int) -> Person:
        return Person(browser, portal, **size)

    portal.wrong.clear()
    yield arrive
    assert portal.wrong == []
