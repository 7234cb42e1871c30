"""The scanner: a real conversation over a socket, past whatever cannot be judged."""

import hashlib
import socket
import struct
import threading
import time

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from enterprises import scan
from enterprises.attach import keep, path_of
from enterprises.models import Evidence
from foundation import clock
from tests.factories import make_enterprise


class Clamd:
    """Speaks INSTREAM on a port: FOUND for what holds "virus", an ERROR for "strange", silence broken off for "cut"."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line, line.makefile("rb") as told:
                told.read(len(b"zINSTREAM\0"))
                content = b""
                while size := struct.unpack("!I", told.read(4))[0]:
                    content += told.read(size)
                if b"slow" in content:
                    time.sleep(0.4)
                if b"cut" in content:
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    continue
                answer = b"OK"
                if b"virus" in content:
                    answer = b"Eicar FOUND"
                if b"strange" in content:
                    answer = b"cannot be read ERROR"
                line.sendall(b"stream: " + answer + b"\0")

    def close(self):
        self.listener.close()


@pytest.fixture
def clamd(settings):
    server = Clamd()
    settings.SCANNER = f"clamd:{server.place}"
    yield server
    server.close()


@pytest.fixture
def waiting(house, private_root):
    firm = make_enterprise()

    def wait(content: bytes, state: str = "pending") -> Evidence:
        digest = hashlib.sha256(content).hexdigest()
        keep(content, digest)
        return Evidence.objects.create(
            enterprise=firm, kind="audit", title="x", original_name="x.pdf", media_type="application/pdf", size=1,
            sha256=digest, scan_state=state, uploaded_at=clock.now(),
        )  # fmt: skip

    return wait


def test_one_bad_file_keeps_no_other_waiting(waiting, clamd):
    gone, strange, cut = waiting(b"gone"), waiting(b"strange"), waiting(b"cut")
    path_of(gone.sha256).unlink()
    good, bad = waiting(b"good"), waiting(b"virus")
    assert scan.scan_pending() == {"clean": 1, "refused": 1, "pending": 3}
    states = dict(Evidence.objects.values_list("pk", "scan_state"))
    assert {states[row.pk] for row in (gone, strange, cut)} == {"pending"}
    assert (states[good.pk], states[bad.pk]) == ("clean", "refused")


def test_a_scanner_that_is_away_is_asked_once_and_not_for_every_file(waiting, settings):
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.SCANNER = f"clamd:127.0.0.1:{free.getsockname()[1]}"
    for n in range(3):
        waiting(b"%d" % n)
    assert scan.scan_pending() == {"clean": 0, "refused": 0, "pending": 0}
    assert set(Evidence.objects.values_list("scan_state", flat=True)) == {"pending"}


def test_files_that_came_before_there_was_a_scanner_are_scanned_once_there_is_one(waiting, clamd):
    good, bad, strange = (waiting(content, "unscanned") for content in (b"good", b"virus", b"strange"))
    assert scan.scan_pending() == {"clean": 1, "refused": 1, "pending": 1}
    states = dict(Evidence.objects.values_list("pk", "scan_state"))
    assert [states[row.pk] for row in (good, bad, strange)] == ["clean", "refused", "pending"]


def test_without_a_scanner_and_with_one_that_is_away_they_stay_as_they_are(waiting, settings):
    waiting(b"early", "unscanned")
    settings.SCANNER = "none"
    assert scan.scan_pending() == {"clean": 0, "refused": 0, "pending": 0}
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.SCANNER = f"clamd:127.0.0.1:{free.getsockname()[1]}"
    assert scan.scan_pending() == {"clean": 0, "refused": 0, "pending": 0}
    assert Evidence.objects.get().scan_state == "unscanned"


def test_files_that_are_closed_do_not_keep_the_older_ones_waiting_for_ever(waiting, clamd, monkeypatch):
    monkeypatch.setattr(scan, "ROUND", 0.5)
    for n in range(2):
        waiting(b"slow %d" % n)
    early = waiting(b"early", "unscanned")
    scan.scan_pending()
    assert Evidence.objects.get(pk=early.pk).scan_state == "clean"


@pytest.mark.parametrize(
    "told", ["clamav:/run/clamd.sock", "clamd", "clamd:", "clamd:scanner", "clamd:scanner:", "clamd::3310", "None", ""]
)
def test_a_misspelt_scanner_stops_the_start_and_lets_no_file_out_unscanned(settings, told, db):
    settings.SCANNER = told
    (error,) = scan.check_scanner()
    assert error.id == "enterprises.E001" and "clamd:/path/to/socket" in error.hint
    assert scan.state_of(b"x") == "pending"
    assert error in run_checks()
    with pytest.raises(SystemCheckError, match="clamd:/path/to/socket"):
        call_command("prepare", "--no-demo", skip_checks=False)


@pytest.mark.parametrize("told", ["none", "clamd:/run/clamd.sock", "clamd:scanner:3310", "clamd:::1:3310"])
def test_the_named_forms_are_taken(settings, told):
    settings.SCANNER = told
    assert scan.check_scanner() == []


def test_every_table_of_files_that_may_wait_is_asked():
    from django.apps import apps

    names = {
        model._meta.label
        for model in apps.get_models()
        if {f.name for f in model._meta.fields} >= {"scan_state", "sha256"}
    }
    assert {waiting().model._meta.label for waiting in scan.WAITING} == names
    assert {"certification.ObjectionPaper", "certification.VisitPhoto"} <= names
