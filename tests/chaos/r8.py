"""R8: three editors in one draft through the autosave's own address, a browser that is killed while somebody types there or into a
form that is only sent, and a colleague's save that is acknowledged while somebody else's filing is under way."""

import contextlib
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

import django

from tests.chaos.stage import Processes, arguments, free_port, prepare, tell, wait_until

FIELDS = ("overview", "product_text", "address", "contact_name")
LONGEST_LOSS = 5.0
OF_THE_PAGE = ("patient_autosave", "forgetful_form")
"""Plants that the server knows nothing of."""
KEY = 0.08


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()

    from django.conf import settings

    from certification import apply
    from certification.models import Application
    from enterprises.models import Membership
    from foundation import clock
    from foundation.accounts.models import User
    from foundation.accounts.scope import system_scope
    from tests.chaos.people import Person, make_drafts

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver keeps a loop in this thread
    rng = random.Random(asked.seed)
    draft = make_drafts(1)[0]
    firm = draft.application.enterprise
    with system_scope("drill"):
        colleagues = [draft.member]
        for name in ("tongshi-1", "tongshi-2"):
            user = User.objects.create(username=f"r8-{name}", name=name)
            Membership.objects.create(
                user=user, enterprise=firm, region_path=firm.region_path, enterprise_name=firm.name, role="owner",
                state="verified", method="platform", requested_at=clock.now(), decided_at=clock.now(),
            )  # fmt: skip
            colleagues.append(user)
        home = {f.name: s.code for s in apply.steps_of(draft.application) for f in s.fields}
    port = free_port()
    house = Processes.at()
    house.web(port, plant="" if asked.plant in OF_THE_PAGE else asked.plant)
    try:
        wait_until(lambda: alive(Person.of(draft.member, port)), 30)
        editors = [Editor(Person.of(user, port), draft.application.public_id, home, rng) for user in colleagues]
        for _ in range(5000 if asked.full else 150 if asked.plant else 400):
            rng.choice(editors).act()
        with system_scope("drill"):
            kept = Application.objects.get(pk=draft.application.pk)
        silent = sum(e.overwritten for e in editors)
        lost_saves = sum(kept.answers.get(field) not in Editor.said[field] for field in FIELDS)
        last = Editor.last
        differing = [field for field, value in last.items() if kept.answers.get(field) != value]
        # What the server forgets shows without a browser; only what the page forgets needs one.
        needs_pages = asked.plant in ("", "patient_autosave")
        times = browser(asked, port, draft, home, rng, settings) if needs_pages else []
        status, filed = filed_meanwhile(draft, port)
        forms = long_form(asked, port, draft, rng, settings) if asked.plant in ("", "forgetful_form") else []
    finally:
        house.kill_all()
    counts = {
        "saves": sum(e.saved for e in editors), "told_of_a_colleague": sum(e.told for e in editors),
        "silent_overwrites": silent, "last_words_missing": len(differing), "words_of_nobody": lost_saves,
        "broken": sum(e.broken for e in editors), "pages_killed": len(times), "forms_killed": len(forms),
        "longest_loss_seconds": round(max(times, default=0), 1), "longest_loss_of_a_form": round(max(forms, default=0), 1),
        "filing_answered": status, "saved_and_not_filed": int(not filed),
    }  # fmt: skip
    fine = (
        filed
        and status == 302
        and not (silent or differing or lost_saves or counts["broken"])
        and counts["told_of_a_colleague"] > 0
    )
    fine = fine and max(counts["longest_loss_seconds"], counts["longest_loss_of_a_form"]) <= LONGEST_LOSS
    target = (
        "0 silent overwrites, the last accepted words are there and filed, at most 5 s of typing lost to a killed page"
    )
    if needs_pages and not times:
        counts["skipped"] = "no Chromium: no page was killed, so what a killed page loses is not known"
    return tell("R8", asked, counts, target, fine and bool(times or asked.plant))


class Editor:
    """One open tab: it knows the step that it loaded and its version, and sends the whole step back, as the page does."""

    said: dict[str, set[str]] = {field: {""} for field in FIELDS}
    last: dict[str, str] = {}
    written: dict[str, int] = {}
    """The version in which each field was last changed by an accepted save."""

    def __init__(self, person: Any, draft: str, home: dict[str, str], rng: random.Random) -> None:
        self.person, self.draft, self.home, self.rng = person, draft, home, rng
        self.seen, self.path, self.page = 0, "", dict[str, str]()
        self.saved = self.told = self.overwritten = self.broken = 0

    def act(self) -> None:
        field = self.rng.choice(FIELDS)
        value = f"{field} {self.rng.random():.6f}"
        path = f"/my/applications/{self.draft}/{self.home[field]}/"
        if path != self.path or self.rng.random() < 0.3:
            self.load(path)
        Editor.said[field].add(value)
        self.page[field] = value
        answer = self.person.send(
            "POST", path, self.form(),
            **{"Content-Type": "application/x-www-form-urlencoded", "X-Autosave": "1"},
        )  # fmt: skip
        if answer.status == 409:
            self.told += 1
            self.load(path)
        elif answer.status == 200:
            import json

            version = json.loads(answer.text)["draft_version"]
            self.overwritten += any(
                Editor.written.get(name, 0) > self.seen and typed != Editor.last.get(name)
                for name, typed in self.page.items()
            )
            self.seen = Editor.written[field] = version
            Editor.last |= self.page
            self.saved += 1
        else:
            self.broken += 1

    def form(self) -> bytes:
        from urllib.parse import urlencode

        return urlencode({"csrfmiddlewaretoken": self.person.csrf, "draft_version": self.seen} | self.page).encode()

    def load(self, path: str) -> None:
        import re

        text = self.person.get(path).text
        found = re.search(r'name="draft_version" value="(\d+)"', text)
        if found is None:
            self.broken += 1
            return
        self.path, self.seen, self.page = path, int(found.group(1)), {}
        for field in FIELDS:
            shown = re.search(rf'name="{field}" value="([^"]*)"|name="{field}">([^<]*)<', text)
            if shown is not None:
                self.page[field] = shown.group(1) if shown.group(1) is not None else shown.group(2)


def browser(asked: Any, port: int, draft: Any, home: dict[str, str], rng: random.Random, settings: Any) -> list[float]:
    """Seconds of typing that each killed page took with it; somebody types without a rest until the kill."""
    from playwright.sync_api import sync_playwright

    from certification.models import Application
    from foundation.accounts.scope import system_scope
    from tests.chaos.people import Person

    path = chromium()
    if path is None:
        return []
    url = f"http://127.0.0.1:{port}/my/applications/{draft.application.public_id}/{home['overview']}/"
    losses = []
    with sync_playwright() as play:
        for serial in range(500 if asked.full else 6):
            chrome = play.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
            )
            context = chrome.new_context()
            person = Person.of(draft.member, port)
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": person.session, "domain": "127.0.0.1", "path": "/"}]
            )
            page = context.new_page()
            if asked.plant == "patient_autosave":
                page.route("**/autosave*.js", lambda route: patient(route))
            page.goto(url)
            box = page.locator("[name=overview]")
            box.fill("")
            typed: list[tuple[str, float]] = []
            until = time.monotonic() + rng.uniform(1, 9)
            text = f"第{serial}页："
            while time.monotonic() < until:
                text += rng.choice("一二三四五六七八九十")
                box.press_sequentially(text[-1])
                typed.append((box.input_value(), time.monotonic()))
                time.sleep(KEY)
            killed = kill_browsers()
            with system_scope("drill"):
                kept = str(Application.objects.get(pk=draft.application.pk).answers.get("overview", ""))
            missing = [
                moment for words, moment in typed if len(words) > len(kept) or not words.startswith(kept[: len(words)])
            ]
            whole = typed and typed[-1][0] == kept
            losses.append(0.0 if whole else killed - min(missing, default=killed))
            with contextlib.suppress(Exception):  # it is dead, which is the point
                chrome.close()
    return losses


def long_form(asked: Any, port: int, draft: Any, rng: random.Random, settings: Any) -> list[float]:
    """Seconds of typing lost when the whole browser is killed over an opinion that nobody has sent yet, and opened again."""
    import tempfile
    from types import SimpleNamespace

    from playwright.sync_api import Error, sync_playwright

    from certification.models import Application
    from foundation.accounts.models import User
    from foundation.accounts.principal import Principal
    from foundation.accounts.scope import system_scope
    from portal.demo import cases
    from tests.chaos.people import Person

    path = chromium()
    if path is None:
        return []
    with system_scope("drill"):
        case = Application.objects.get(pk=draft.application.pk)
        leaders = {Principal.of_user(u).office_path: u for u in User.objects.filter(posts__role="leader").distinct()}
        official = cases.desk_for(SimpleNamespace(state=case.state, region_path=case.region_path), leaders)
    person, url = Person.of(official, port), f"http://127.0.0.1:{port}/desk/cases/{case.public_id}/"
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": person.session, "domain": "127.0.0.1", "path": "/"}
    losses = []
    with sync_playwright() as play, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:

        def opened() -> tuple[Any, Any]:
            chrome = play.chromium.launch_persistent_context(
                folder, executable_path=path, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
            )
            chrome.add_cookies([cookie])
            page = chrome.pages[0]
            if asked.plant == "forgetful_form":
                page.route("**/keep*.js", lambda route: route.abort())
            page.goto(url)
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
            return chrome, page

        for serial in range(100 if asked.full else 3):
            chrome, page = opened()
            box, text = page.locator("textarea[name=opinion]"), f"第{serial}次："
            box.fill("")
            typed: list[tuple[str, float]] = []
            until = time.monotonic() + rng.uniform(1 if serial else 6, 8)  # one is longer than what may be lost
            while time.monotonic() < until or not typed:
                text += rng.choice("一二三四五六七八九十")
                box.fill(text)
                typed.append((text, time.monotonic()))
                time.sleep(KEY)
            killed = kill_browsers()
            with contextlib.suppress(Error):
                chrome.close()
            chrome, page = opened()
            with contextlib.suppress(Error):
                page.get_by_role("button", name="放回来").click(timeout=4000)
            kept = page.locator("textarea[name=opinion]").input_value()
            missing = [moment for words, moment in typed if not kept.startswith(words)]
            losses.append(killed - min(missing) if missing else 0.0)
            chrome.close()
    return losses


def chromium() -> str | None:
    import shutil

    return next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)


def kill_browsers() -> float:
    """All of this process's, at once; returns when."""
    killed = time.monotonic()
    for pid in browsers():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    time.sleep(1)
    return killed


def filed_meanwhile(draft: Any, port: int) -> tuple[int, bool]:
    """Somebody submits while a colleague's save is being written; what was answered, and whether the save was filed."""
    from concurrent.futures import ThreadPoolExecutor

    from certification import apply
    from certification.models import Application, Submission
    from foundation.accounts.scope import system_scope
    from tests.chaos.people import Person

    person, words = Person.of(draft.member, port), "同事在提交的同时保存的介绍"
    with ThreadPoolExecutor(1) as other:
        with system_scope("drill"):
            held = Application.objects.select_for_update(of=("self",)).get(pk=draft.application.pk)
            answer = other.submit(person.post, f"/my/applications/{held.public_id}/submit/")
            time.sleep(1)
            apply.save(held, {"overview": words}, seen_version=held.draft_version, actor=draft.principal)
        status = answer.result().status
    with system_scope("drill"):
        filed = Submission.objects.filter(application=draft.application.pk).order_by("-number").first()
    return status, filed is not None and filed.answers.get("overview") == words


def patient(route: Any) -> None:
    answer = route.fetch()
    text = (
        answer.text()
        .replace("const WAIT = 1500", "const WAIT = 60000")
        .replace("const LONGEST = 3000", "const LONGEST = 60000")
    )
    route.fulfill(response=answer, body=text)


def browsers() -> list[int]:
    """The Chromium processes among this process's own descendants, and no other's."""
    parents, names = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                names[int(entry.name)] = (entry / "cmdline").read_bytes()
            except OSError:
                continue
    family, size = {os.getpid()}, 0
    while len(family) != size:
        size = len(family)
        family |= {pid for pid, parent in parents.items() if parent in family}
    return [pid for pid in family if b"chrom" in names.get(pid, b"") and pid != os.getpid() and b"--" in names[pid]]


def alive(person: Any) -> bool:
    try:
        return bool(person.get("/livez").status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
