"""`./tianti backup` and `./tianti restore --to TIME`: a base backup, the write-ahead log since, and the files by content.

The server of an instance archives its log all the time (postgres.py); a backup adds a base to start from and mirrors
the private files. Restoring never touches the instance: it builds another one, at the moment asked for.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from launcher.bootstrap import bootstrap
from launcher.children import drop_root
from launcher.places import NOBODY, PYTHON, ROOT, State, nobodys_group, runs_as_root
from launcher.postgres import Postgres, binaries
from launcher.servers import Servers, environment
from launcher.steps import Trouble, say, step

SEGMENT = re.compile(r"[0-9A-F]{24}(\.|$)")


def backup(arguments: argparse.Namespace) -> int:
    """A new base and a mirror of the files; older bases than the newest `--keep` go. The instance must be up."""
    bootstrap()
    state = State.at(arguments.state)
    if arguments.files:
        with step("files"):
            copied = mirror(state.private, Postgres(state).archive / "files")
        say(f"{copied} new files mirrored to {Postgres(state).archive / 'files'}.")
        return 0
    made = make_backup(state)
    prune(state, arguments.keep)
    say(f"Kept in {made}. Copy {made.parent} and {state.folder / 'seals.jsonl'} to another machine.")
    return 0


def prune(state: State, keep: int) -> None:
    """Bases older than the newest `keep` go, and the log that no base needs any more."""
    for old in bases(state)[: -max(1, keep)]:
        shutil.rmtree(old)
        old.with_name(f"{old.name}.json").unlink()
    first = first_segment(bases(state)[0])
    for segment in (Postgres(state).archive / "wal").iterdir():
        # As pg_archivecleanup does: the timeline in the first eight digits does not count, and histories stay.
        if SEGMENT.match(segment.name) and segment.name[8:24] < first[8:24]:
            segment.unlink()


def first_segment(base: Path) -> str:
    """The name of the segment in which the log of this base begins."""
    told = re.search(r"^START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)", (base / "backup_label").read_text(), re.M)
    if not told:
        raise Trouble(f"{base} has no readable backup_label.", "Make a new backup.")
    return told.group(1)


def make_backup(state: State) -> Path:
    postgres = Postgres(state)
    if not postgres.answers():
        raise Trouble("This instance is not running.", "Start it with ./tianti up, then make the backup beside it.")
    folder = postgres.archive / f"base-{datetime.now(UTC):%Y%m%dT%H%M%S.%f}"
    with step("base backup"):
        done = subprocess.run(
            [str(binaries(state) / "pg_basebackup"), "-h", str(postgres.folder), "-U", "postgres", "-D", str(folder),
             "--checkpoint=fast", "--wal-method=fetch"],
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=False,
            cwd="/", **drop_root(),
        )  # fmt: skip
        if done.returncode:
            shutil.rmtree(folder, ignore_errors=True)
            raise Trouble(f"pg_basebackup failed: {done.stderr.strip()[-600:]}", "Is the disk full?")
    with step("files"):
        copied = mirror(state.private, postgres.archive / "files")
    told = {"finished_at": datetime.now(UTC).isoformat(), "files_copied": copied}
    (postgres.archive / f"{folder.name}.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def mirror(source: Path, target: Path) -> int:
    """Copy what is not there yet. Files are named by their content, so a name that is there is the same file."""
    copied = 0
    for file in source.glob("??/*"):
        place = target / file.parent.name / file.name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            part = place.with_suffix(".part")
            shutil.copyfile(file, part)
            with part.open("rb") as written:
                os.fsync(written.fileno())
            part.replace(place)
            copied += 1
    return copied


def bases(state: State) -> list[Path]:
    """Finished bases, oldest first."""
    archive = Postgres(state).archive
    return sorted(
        folder for folder in archive.glob("base-*") if folder.is_dir() and (archive / f"{folder.name}.json").is_file()
    )


def restore(arguments: argparse.Namespace) -> int:
    """Build an instance as it was at `--to`; prints what the checks found. Exit 1 when a file or a seal does not fit."""
    bootstrap()
    state = State.at(arguments.state)
    moment = moment_of(arguments.to)
    into = State.at(arguments.into or f"{state.folder}-{moment or datetime.now(UTC):%Y%m%dT%H%M%S}")
    rebuild(state, into, moment)
    return check(into)


def moment_of(told: str) -> datetime | None:
    """The time asked for; None for "latest", the end of the log."""
    if told == "latest":
        return None
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        raise Trouble(f"{told!r} is no time.", 'Write it like "2026-11-23 14:05:00+08:00", or latest.') from None
    return moment if moment.tzinfo else moment.astimezone()


def rebuild(state: State, into: State, moment: datetime | None) -> None:
    """Base, log and files of `state` up to `moment` or to the end of the log, in a folder that was empty."""
    old, new = Postgres(state), Postgres(into)
    if new.data.exists():
        raise Trouble(f"{into.folder} already holds an instance.", "Give another --into.")
    before = [b for b in bases(state) if moment is None or finished(old.archive, b) <= moment]
    if not before:
        raise Trouble(f"No backup is older than {moment or 'now'}.", "./tianti backup makes one.")
    with step(f"base {before[-1].name}"):
        new.folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(before[-1], new.data)
        new.data.chmod(0o700)
        wal, live = old.archive / "wal", old.data / "pg_wal"
        (new.data / "recovery.signal").touch()
        with (new.data / "postgresql.auto.conf").open("a", encoding="utf-8") as conf:
            conf.write(
                f'restore_command = \'if test -f "{wal}/%f.gz"; then gzip -dc "{wal}/%f.gz" > "%p"; else'
                f' cp "{wal}/%f" "%p" 2>/dev/null || cp "{live}/%f" "%p"; fi\'\n'
            )
            if moment:
                conf.write(
                    f"recovery_target_time = '{moment.isoformat(sep=' ')}'\nrecovery_target_action = 'promote'\n"
                    "recovery_target_inclusive = on\n"
                )
        if runs_as_root():
            subprocess.run(["chown", "-R", f"{NOBODY}:{nobodys_group()}", str(new.folder)], check=True)
    with step("files and keys"):
        # What came since the last backup lies in the instance itself, if its disk is still there.
        for source in (old.archive / "files", state.private):
            mirror(source, into.private)
        for file in state.folder.glob("*.secret"):
            shutil.copy2(file, into.folder / file.name)
        # It remembers seals of after the moment as well, which the restored instance rightly does not know: the first
        # new seal writes a file of its own, and the old one stays beside it to compare with.
        for file in state.folder.glob("seals.jsonl"):
            shutil.copy2(file, into.folder / "seals-before-restore.jsonl")
    with step(f"log up to {moment.isoformat(sep=' ') if moment else 'its end'}"):
        try:
            new.start()
            new.wait_for_promotion()
        except Trouble as trouble:
            raise Trouble(
                f"The log could not be replayed up to the moment asked for: {trouble.what}",
                "If the moment lies after the last change, say --to latest, into another folder.",
            ) from None
        finally:
            new.stop()


def finished(archive: Path, base: Path) -> datetime:
    told = json.loads((archive / f"{base.name}.json").read_text(encoding="utf-8"))
    return datetime.fromisoformat(told["finished_at"])


def check(into: State) -> int:
    """Every row has its file with its hash; the record is as it was sealed."""
    servers = Servers(into, own=True)
    try:
        servers.start()
        env = environment(into, servers, PRIVATE_ROOT=str(into.private))
        worst = 0
        for command in ("reconcile", "verify_audit"):
            done = subprocess.run(
                [str(PYTHON), "manage.py", command],
                cwd=ROOT,
                env=env | {"AUDIT_SEAL_FILE": ""},
                stdout=sys.stderr,
                check=False,
            )
            worst = max(worst, done.returncode)
    finally:
        servers.stop()
    print(f"RESTORED {into.folder}   start it with: ./tianti up --state {into.folder}", flush=True)
    return worst
