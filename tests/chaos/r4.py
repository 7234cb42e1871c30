"""R4: enterprises upload and submit while web workers, the master and the database are killed; every promise is kept.

A client writes down what it was promised before its next step; the checker compares that list with the database.
"""

import hashlib
import http.client
import random
import re
import signal
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import django

from tests.chaos.stage import Processes, arguments, free_port, own_servers, prepare, tell, wait_until

UP_AGAIN = 60
"""Seconds after a blow until the portal answers and somebody got something done; the next blow waits for it."""
PERSISTENT = 180
"""Seconds for which a person tries again: a refused connection answers at once, so a number of tries says nothing."""


def main() -> int:
    asked = arguments()
    with own_servers() as servers:
        prepare()
        django.setup()
        return drill(asked, servers)


def drill(asked, servers) -> int:
    from django.db import connections

    from enterprises.attach import path_of
    from portal.demo.papers import one_page
    from tests.chaos.people import Person, make_drafts, rows

    rng = random.Random(asked.seed)
    tiers = ("innovative", "specialised", "little_giant", "champion") if asked.full else ("innovative",)
    drafts = [d for tier in tiers for d in make_drafts(250 if asked.full else 8 if asked.plant else 30, tier)]
    port, house = free_port(), Processes.at()
    promised: list[tuple[str, str]] = []
    files: list[tuple[str, str]] = []
    seen: Counter[str] = Counter()
    killed: Counter[str] = Counter()

    nobody = Person(port)
    people = {draft.application.public_id: Person.of(draft.member, port) for draft in drafts}
    connections.close_all()

    def submit(draft) -> None:
        person = people[draft.application.public_id]
        mine = f"/my/applications/{draft.application.public_id}"
        for number in range(2):
            content = one_page(f"演练材料 {draft.application.public_id} {number}")
            if persist(person, lambda c=content: person.upload(f"{mine}/paper/", "材料.pdf", c, kind="licence"), seen):
                files.append((draft.application.public_id, hashlib.sha256(content).hexdigest()))
        for _ in range(5):
            answer = persist(person, lambda: person.post(f"{mine}/submit/"), seen)
            if answer is None or answer.status not in (302, 409):
                return
            page = persist(person, lambda: person.get(f"{mine}/"), seen)
            number = re.search(r"NX-[A-Z]+-\d{4}-\d{6}", page.text) if page else None
            if number or answer.status == 302:
                promised.append((draft.application.public_id, number[0] if number else ""))
                return
            time.sleep(0.3)  # told that it is under way or has moved, and no receipt in sight yet: look again

    def answers() -> bool:
        try:
            return bool(nobody.get("/readyz").status == 200)
        except (OSError, http.client.HTTPException):
            return False

    def done() -> int:
        return seen["302"] + seen["200"]

    def doom() -> None:
        fate = rng.choice(["child", "child", "child", "master", "database"])
        killed[fate] += 1
        if fate == "child":
            house.kill_a_child("web", rng)
        elif fate == "master":
            house.kill("web")
            house.web(port, plant=asked.plant)
        else:
            postgres = servers.started[0]
            postgres.child.process.send_signal(signal.SIGQUIT)
            postgres.child.process.wait()
            postgres.start()

    try:
        house.web(port, plant=asked.plant)
        time.sleep(3)
        with ThreadPoolExecutor(6) as crowd:
            # The servers die with the thread that started them, so this one does the killing.
            under_way = [crowd.submit(submit, draft) for draft in drafts]
            while not wait_until(lambda: all(one.done() for one in under_way), rng.uniform(1.0, 2.5), 0.1):
                doom()
                # A machine too slow to come back between two blows would prove nothing but that.
                before = done()
                wait_until(
                    lambda before=before: (answers() and done() > before) or all(one.done() for one in under_way),
                    UP_AGAIN, 0.1,
                )  # fmt: skip
    finally:
        house.kill_all()
    for one in under_way:
        one.result()
    lost = [
        public_id
        for public_id, number in promised
        if rows("SELECT state, receipt_number <> '' AND (%s = '' OR receipt_number = %s) FROM certification_application WHERE public_id = %s",
                number, number, public_id) != [("screening", True)]
    ]  # fmt: skip
    halves = rows(
        "SELECT a.public_id FROM certification_application a WHERE (a.state = 'screening') <> EXISTS"
        " (SELECT 1 FROM certification_submission s WHERE s.application_id = a.id) AND a.state IN ('draft', 'screening')"
    )
    rowless = [
        digest
        for public_id, digest in files
        if not rows("SELECT 1 FROM enterprises_evidence WHERE sha256 = %s", digest)
        or hashlib.sha256(path_of(digest).read_bytes()).hexdigest() != digest
    ]
    counts = {
        "drafts": len(drafts), "receipts": len(promised), "files": len(files), "lost_submissions": len(lost),
        "lost_files": len(rowless), "half_submissions": len(halves), "killed": dict(killed), "answers": dict(seen),
    }  # fmt: skip
    fine = not lost and not rowless and not halves and len(promised) == len(drafts) and sum(killed.values()) >= 5
    return tell("R4", asked, counts, "every acknowledged submission and file is there, none is half there", fine)


def persist(person, act, seen):
    """What a person does: try again while the answer is an error or does not come."""
    until = time.monotonic() + PERSISTENT
    while time.monotonic() < until:
        try:
            answer = act()
        except (OSError, http.client.HTTPException):
            seen["no answer"] += 1
            time.sleep(0.3)
            continue
        seen[str(answer.status)] += 1
        if answer.status == 409:
            return person.get("/livez") and answer
        if answer.status < 500:
            return answer
        time.sleep(0.3)
    return None


if __name__ == "__main__":
    sys.exit(main())
