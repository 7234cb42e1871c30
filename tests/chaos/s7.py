"""S7: hostile and genuine files made here, a scanner that is there, away and slow, the real one where it is installed, and what a download looks like."""

import io
import logging
import multiprocessing
import random
import resource
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.chaos import clamd, taken_over
from tests.chaos.stage import arguments, prepare, tell

SIGNATURE = b"TIANTI-DRILL-VIRUS"
FOREIGN = (
    ".exe",
    ".html",
    ".svg",
    ".js",
    ".zip",
    ".docm",
    ".xlsm",
    ".doc",
    ".pdf.exe",
    ".php",
    "",
    ".pdf.html",
    ".lnk",
    ".iso",
)


class Scanner:
    """Speaks INSTREAM like clamd: one signature; may be away or slow."""

    def __init__(self) -> None:
        self.path = str(Path(tempfile.mkdtemp()) / "clamd.sock")
        self.line: socket.socket | None = None
        self.slow = 0.0

    def open(self) -> None:
        self.line = socket.socket(socket.AF_UNIX)
        Path(self.path).unlink(missing_ok=True)
        self.line.bind(self.path)
        self.line.listen(16)
        threading.Thread(target=self.serve, args=(self.line,), daemon=True).start()

    def close(self) -> None:
        if self.line is not None:
            self.line.close()
        Path(self.path).unlink(missing_ok=True)

    def serve(self, line: socket.socket) -> None:
        while True:
            try:
                caller, _ = line.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(caller,), daemon=True).start()

    def answer(self, caller: socket.socket) -> None:
        try:
            with caller, caller.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!I", stream.read(4))[0]:
                    content += stream.read(size)
                time.sleep(self.slow)
                caller.sendall(b"stream: Drill FOUND\0" if SIGNATURE in content else b"stream: OK\0")
        except (OSError, struct.error, AssertionError):
            return


def hostile() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """(name, maker): the corpus of the tests, sound files under foreign names, sound files that are something else."""
    from tests.enterprises_papers import HOSTILE, SOUND

    for files in HOSTILE.values():
        for name, make in files.items():
            yield name, make
            stem, dot, extension = name.rpartition(".")
            if not stem:
                continue  # hostile by its name alone: under another one it is a sound file
            for other in (
                f"{'长' * 120}.{extension}",
                f"../../{name}",
                f"{stem}\r\n.{extension}",
                f"{stem}.jpg{dot}{extension}",
            ):
                yield other, make
    for name, (make, _) in SOUND.items():
        own = Path(name).suffix.lower()
        for extension in FOREIGN:
            yield f"报告{extension}", make
        for extension in (".pdf", ".png", ".jpg", ".docx", ".xlsx"):
            if extension != own and {extension, own} != {".jpg", ".jpeg"}:
                yield f"报告{extension}", make
        yield f"报告{own}\u202e{own[::-1]}.exe", make
        yield f"空{own}", lambda: b""
        yield f"半{own}", lambda make=make: make()[: max(8, len(make()) // 4)]
    for extension in (".pdf", ".png", ".jpg", ".docx", ".xlsx"):
        yield f"大{extension}", lambda: b"%PDF-1.7" + b"\0" * (20 * 1024 * 1024)
        yield f"网页{extension}", lambda: b"<html><script>alert(1)</script></html>"
        yield f"矢量{extension}", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
        yield f"程序{extension}", lambda: b"MZ" + b"\0" * 4000


def genuine(rng: random.Random) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """(name, maker): files as offices and firms make them, of many sizes."""
    import xlsxwriter
    from PIL import Image

    from tests.enterprises_papers import SOUND, office, pdf

    def picture(kind: str, width: int, height: int) -> bytes:
        out = io.BytesIO()
        Image.new("L" if width % 2 else "RGB", (width, height), "white").save(out, kind)
        return out.getvalue()

    def workbook(rows: int, columns: int) -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            sheet = book.add_worksheet("数据")
            for row in range(rows):
                sheet.write_row(row, 0, [f"第{row}行{n}列" for n in range(columns)])
        return out.getvalue()

    def report(pages: int) -> bytes:
        return pdf(lambda made: [made.add_blank_page() for _ in range(pages)])

    for name, (make, _) in SOUND.items():
        yield name, make
    for n in range(80):
        width, height = rng.randint(1, 1800), rng.randint(1, 1800)
        yield f"扫描件 {n}（盖章）.png", lambda w=width, h=height: picture("PNG", w, h)
        yield f"照片{n}.JPG", lambda w=width, h=height: picture("JPEG", w, h)
        yield f"审计报告-{n}.pdf", lambda n=n: report(1 + n)
        yield f"数据表（{n}）.xlsx", lambda n=n: workbook(1 + n * 3, 1 + n % 30)
        yield f"说明 {n}.docx", lambda n=n: office(more={"word/styles.xml": b"<x/>" * (n + 1)})


def make_elsewhere(corpus: list[tuple[str, Callable[[], bytes]]], folder: Path) -> None:
    """By a process of its own: a bomb costs whoever makes it more than whoever opens it."""

    def write() -> None:
        for n, (_, make) in enumerate(corpus):
            (folder / str(n)).write_bytes(make())

    maker = multiprocessing.get_context("fork").Process(target=write)
    maker.start()
    maker.join()
    if maker.exitcode:
        raise SystemExit("the corpus could not be made")


def overtaken(short: bool) -> list[str]:
    """What somebody could do who took over the process that opens files; the wait for its time is left to the tests."""
    from enterprises import confined

    victim = Path(tempfile.mkdtemp()) / "kept"
    done = []
    for attempt in taken_over.ATTEMPTS:
        if short and attempt == "time":
            continue
        victim.write_bytes(b"a paper of another firm")
        command = confined.command(taken_over, attempt, str(victim))
        told = subprocess.run(command, capture_output=True, text=True, check=False, env={"LC_ALL": "C.UTF-8"})
        done += [attempt] if "done" in told.stdout or not told.stdout or not victim.is_file() else []
    return done


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()
    logging.disable(logging.CRITICAL)

    from django.conf import settings
    from django.db import transaction
    from django.test import Client

    from enterprises import attach, confined, scan
    from enterprises.models import Enterprise, Evidence
    from foundation.accounts.models import User
    from foundation.accounts.principal import Principal
    from foundation.accounts.scope import scoped, system_scope
    from foundation.refusals import Refused

    settings.PRIVATE_ROOT, settings.ALLOWED_HOSTS, settings.MFA_REQUIRED = (
        Path(tempfile.mkdtemp()),
        ["testserver"],
        False,
    )
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    scanner = Scanner()
    scanner.open()
    settings.SCANNER, scan.PATIENCE = f"clamd:{scanner.path}", 2
    if asked.plant == "sniff_only":
        attach.look = lambda content, extension: ("", "")  # type: ignore[assignment]
    elif asked.plant == "unconfined":
        confined.command = lambda script, *words: [sys.executable, "-I", str(script.__file__), *words]
    elif asked.plant == "accept_unscanned":
        real = scan.state_of
        scan.state_of = lambda content: "clean" if real(content) == "pending" else real(content)  # type: ignore[assignment]
    rng = random.Random(asked.seed)
    with system_scope("drill"):
        firm = Enterprise.objects.get(memberships__user__username="qiye-wang")
        Evidence.objects.filter(enterprise=firm).delete()
    member = Principal.of_user(User.objects.get(username="qiye-wang"))
    took: list[float] = []

    def offer(name: str, content: bytes) -> str:
        """'refused' or the scan state of the row; nothing is kept."""
        began = time.monotonic()
        try:
            with transaction.atomic(), scoped(member):
                upload = SimpleUploadedFile("x", content)
                upload._name = name  # type: ignore[attr-defined]
                state = attach.take_in(firm, upload, kind="drill", title="", actor=member).scan_state
                transaction.set_rollback(True)
        except Refused:
            state = "refused"
        took.append(time.monotonic() - began)
        return state

    bad, good = list(hostile()), list(genuine(rng))
    short_bad = bad if asked.full else rng.sample(bad, 110)
    short_good = good if asked.full else good[:8] + rng.sample(good[8:], 45)
    folder = Path(tempfile.mkdtemp())
    make_elsewhere(short_bad + short_good, folder)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    states_of = [offer(name, (folder / str(n)).read_bytes()) for n, (name, _) in enumerate(short_bad + short_good)]
    accepted = [name for (name, _), state in zip(short_bad, states_of, strict=False) if state != "refused"]
    told = states_of[len(short_bad) :]
    turned_away = [name for (name, _), state in zip(short_good, told, strict=True) if state != "clean"]
    growth = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024

    from tests.enterprises_papers import pdf

    def infected(made: object) -> None:
        made.docinfo["/Title"] = SIGNATURE.decode()  # type: ignore[attr-defined]

    states: Counter[str] = Counter()
    states[f"infected, scanner there: {offer('病毒.pdf', pdf(infected))}"] += 1
    with clamd.running(SIGNATURE) as address:
        genuine_scanner = {"clamd": clamd.ABSENT}
        if address:
            before, settings.SCANNER = settings.SCANNER, address
            genuine_scanner = {"infected": offer("病毒.pdf", pdf(infected)), "clean": offer("净.pdf", pdf())}
            settings.SCANNER = before
    scanner.slow = 4
    states[f"clean, scanner slow: {offer('慢.pdf', pdf())}"] += 1
    scanner.slow = 0
    scanner.close()
    browser = Client()
    browser.force_login(User.objects.get(username="qiye-wang"), backend=settings.AUTHENTICATION_BACKENDS[0])
    name = "审计报告“终稿”\u202e(1).pdf"
    papers = {}
    for key, content in (("clean", pdf()), ("infected", pdf(infected))):
        with transaction.atomic(), scoped(member):
            upload = SimpleUploadedFile("x", content)
            upload._name = name  # type: ignore[attr-defined]
            papers[key] = attach.take_in(firm, upload, kind=f"drill-{key}", title="", actor=member)
        states[f"{key}, scanner away: {papers[key].scan_state}"] += 1
    closed = {key: browser.get(f"/papers/{paper.public_id}/").status_code for key, paper in papers.items()}
    scanner.open()
    with system_scope("drill"):
        scan.scan_pending()
    opened = {key: browser.get(f"/papers/{paper.public_id}/") for key, paper in papers.items()}
    scanner.close()
    headers = {name.lower(): value for name, value in opened["clean"].headers.items()}
    shown = (
        headers.get("content-disposition", "").startswith("attachment;")
        and "filename*=UTF-8''" in headers.get("content-disposition", "")
        and "%E2%80%AE" not in headers.get("content-disposition", "")
        and headers.get("x-content-type-options") == "nosniff"
        and headers.get("content-security-policy", "").startswith("sandbox")
    )
    counts = {
        "attempts_of_a_process_taken_over": len(taken_over.ATTEMPTS) - (not asked.full), "of_these_done": overtaken(not asked.full),
        "hostile": len(short_bad), "hostile_accepted": accepted[:5], "corpus_hostile": len(bad), "genuine": len(short_good),
        "genuine_refused": turned_away[:5], "corpus_genuine": len(good), "memory_growth_mb": round(growth),
        "longest_seconds": round(max(took), 1), "scanner": dict(states), "real_clamd": genuine_scanner, "while_away": closed,
        "after": {key: answer.status_code for key, answer in opened.items()}, "download_is_safe": shown,
    }  # fmt: skip
    expected = {
        "infected, scanner there: refused", "clean, scanner slow: pending", "clean, scanner away: pending", "infected, scanner away: pending",
    }  # fmt: skip
    fine = (
        genuine_scanner in ({"clamd": clamd.ABSENT}, {"infected": "refused", "clean": "clean"})
        and not counts["of_these_done"] and not accepted and not turned_away and growth <= 100 and set(states) == expected and closed == {"clean": 409, "infected": 409}
        and counts["after"] == {"clean": 200, "infected": 409} and shown and len(bad) >= 500 and len(good) >= 300
    )  # fmt: skip
    return tell(
        "S7",
        asked,
        counts,
        "0 hostile accepted, 0 genuine refused, nothing leaves unscanned, a process that opens files can do nothing else, ≤ 100 MB more; seconds per file are"
        " told and not judged (2 s are promised, on a machine of one's own)",
        fine,
    )


if __name__ == "__main__":
    sys.exit(main())
