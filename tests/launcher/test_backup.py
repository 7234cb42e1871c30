"""What a backup keeps and lets go, and what a restore is asked for."""

import argparse
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from launcher import backup, up
from launcher.places import State
from launcher.postgres import Postgres
from launcher.steps import Trouble


@pytest.fixture
def state(tmp_path):
    tmp_path.chmod(0o755)
    found = State.at(tmp_path / "s")
    # Outside of that folder where others may not enter it: an earlier run of the same number may have left something there.
    shutil.rmtree(found.servers)
    yield found
    shutil.rmtree(found.servers)


def base(state, name, segment):
    folder = Postgres(state).archive / f"base-{name}"
    folder.mkdir(parents=True)
    (folder / "backup_label").write_text(f"START WAL LOCATION: 0/5000028 (file {segment})\nBACKUP METHOD: streamed\n")
    folder.with_name(f"{folder.name}.json").write_text("{}")


def test_with_the_oldest_base_goes_the_log_that_nobody_needs_any_more(state):
    wal = Postgres(state).archive / "wal"
    wal.mkdir(parents=True)
    for number, name in ((3, "a"), (5, "b"), (9, "c")):
        base(state, name, f"00000001{number:016X}")
    kept = [
        "000000010000000000000005.gz",
        "000000020000000000000006.gz",
        "00000002.history",
        "000000010000000000000009",
    ]
    gone = ["000000010000000000000003.gz", "000000010000000000000004", "000000010000000000000003.00000028.backup.gz"]
    for name in kept + gone:
        (wal / name).write_bytes(b"x")
    backup.prune(state, keep=2)
    assert sorted(path.name for path in wal.iterdir()) == sorted(kept)
    left = sorted(path.name for path in Postgres(state).archive.iterdir())
    assert left == ["base-b", "base-b.json", "base-c", "base-c.json", "wal"]


def test_the_log_is_kept_packed_and_only_when_there_is_a_base_to_add_it_to(state):
    postgres = Postgres(state)
    postgres.archive.mkdir(parents=True)
    command = postgres._archiving()["archive_command"]
    segment = state.folder / "segment"
    segment.write_bytes(b"\0" * (16 << 20))

    def archived():
        done = subprocess.run(["sh", "-c", command.replace("%p", str(segment)).replace("%f", "0" * 24)], check=False)
        return done.returncode, [
            (path.name, path.stat().st_size < 100_000) for path in (postgres.archive / "wal").iterdir()
        ]

    assert archived() == (0, [])
    (postgres.archive / "base-x").mkdir()
    assert archived() == (0, [("0" * 24 + ".gz", True)])


def test_a_segment_that_is_there_already_is_done_when_it_says_the_same_and_never_written_over(state):
    """After a crash between the rename and PostgreSQL's own mark the same segment is handed over again."""
    postgres = Postgres(state)
    postgres.archive.mkdir(parents=True)
    command = postgres._archiving()["archive_command"]
    (postgres.archive / "base-x").mkdir()
    segment, place = state.folder / "segment", postgres.archive / "wal" / ("0" * 24 + ".gz")

    def archive(content):
        segment.write_bytes(content)
        words = command.replace("%p", str(segment)).replace("%f", "0" * 24)
        return subprocess.run(["sh", "-c", words], check=False, capture_output=True, text=True)

    assert archive(b"log" * 9).returncode == 0
    kept = place.read_bytes()
    assert archive(b"log" * 9).returncode == 0
    other = archive(b"lag" * 9)
    assert other.returncode != 0 and "differ" in other.stderr
    assert archive(b"log" * 10).returncode != 0
    assert place.read_bytes() == kept
    place.write_bytes(kept[:-4])
    assert archive(b"log" * 9).returncode != 0


def test_a_restore_goes_to_a_moment_or_to_the_end_of_the_log():
    assert backup.moment_of("latest") is None
    assert backup.moment_of("2026-11-23 14:05:00+08:00") == datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
    with pytest.raises(Trouble, match="no time"):
        backup.moment_of("gestern")


def test_a_fresh_start_is_refused_when_the_database_is_somebody_else_s(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://a@b/c")
    with pytest.raises(Trouble, match="--fresh does not empty the database"):
        up.refuse_half_a_fresh_start(argparse.Namespace(fresh=True))
    up.refuse_half_a_fresh_start(argparse.Namespace(fresh=False))
