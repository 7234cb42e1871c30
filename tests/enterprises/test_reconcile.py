"""Rows and files are compared without a transaction in the way, and nobody loses a file while it is brought."""

import hashlib
import os
import time

import pytest
from django.db import connection

from enterprises import reconcile as watch
from enterprises.attach import keep, path_of
from enterprises.models import Evidence
from enterprises.reconcile import aside_of, reconcile, remove
from enterprises.tasks import reconcile_files
from foundation import clock
from foundation.alone import alone
from foundation.audit.models import Inspection
from tests.factories import make_enterprise

CONTENT = b"%PDF content"
DIGEST = hashlib.sha256(CONTENT).hexdigest()
LONG_AGO = time.time() - 3 * 24 * 3600


@pytest.fixture
def kept(private_root):
    """A file from days ago that no row names."""
    path = keep(CONTENT, DIGEST)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


@pytest.fixture
def paper(house, private_root):
    keep(CONTENT, DIGEST)
    return Evidence.objects.create(
        enterprise=make_enterprise(), kind="audit", title="x", original_name="x.pdf", media_type="application/pdf",
        size=len(CONTENT), sha256=DIGEST, uploaded_at=clock.now(),
    )  # fmt: skip


def test_a_damaged_file_is_written_anew_by_whoever_brings_it_again(kept):
    kept.write_bytes(b"x" * len(CONTENT))
    assert keep(CONTENT, DIGEST).read_bytes() == CONTENT


def test_a_file_that_is_brought_again_is_young_again_so_that_no_watch_takes_it_before_its_row_comes(house, kept):
    keep(CONTENT, DIGEST)
    assert reconcile().orphans == 0
    assert kept.is_file()
    os.utime(kept, (LONG_AGO, LONG_AGO))
    assert reconcile().orphans == 1
    assert not kept.exists()


def test_a_file_touched_at_the_very_moment_of_its_removal_is_put_back(kept):
    os.utime(kept)
    assert not remove(kept, young=60)
    assert kept.read_bytes() == CONTENT
    assert not aside_of(kept).exists()


def test_a_file_that_a_killed_watch_left_aside_comes_back(paper):
    path = path_of(DIGEST)
    path.rename(aside_of(path))
    assert reconcile().is_sound
    assert path.is_file()


def test_no_transaction_is_open_while_files_are_read(paper, monkeypatch):
    depth, seen, real = len(connection.savepoint_ids), [], watch.hash_of
    monkeypatch.setattr(watch, "hash_of", lambda path: (seen.append(len(connection.savepoint_ids)), real(path))[1])
    reconcile_files()
    assert seen == [depth]


def test_a_file_that_an_older_release_left_closed_to_the_proxy_is_opened(paper):
    path_of(DIGEST).chmod(0o600)
    assert reconcile().is_sound
    assert path_of(DIGEST).stat().st_mode & 0o777 == 0o644


def test_the_last_result_is_kept_for_the_figures(paper):
    path_of(DIGEST).unlink()
    reconcile_files()
    assert Inspection.objects.get(name="reconcile").counts["missing"] == 1


def test_a_watch_that_is_rung_for_while_it_runs_leaves_at_once(paper):
    other = connection.copy()
    try:
        with other.cursor() as db:
            db.execute("SELECT pg_advisory_lock(hashtext('tianti reconcile'))")
        with alone("reconcile") as mine:
            assert not mine
        assert reconcile_files() == {}
    finally:
        other.close()
