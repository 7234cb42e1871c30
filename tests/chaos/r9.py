"""R9: writers that commit late, roll back and overlap; readers that are cut off and go on from their cursor."""

import random
import sys
import threading
import time

import django
from django.db import connection, transaction

from tests.chaos.stage import arguments, prepare, tell


class Undo(Exception):
    """Rolls a writer's transaction back."""


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()

    from enterprises.models import Enterprise
    from foundation.accounts.principal import Principal
    from foundation.accounts.scope import scoped, system_scope
    from foundation.exchange import announce as feed
    from foundation.exchange.models import Change

    changes_since = feed.changes_since
    if asked.plant == "by_last_number":

        def changes_since(principal, cursor, limit):
            """Planted: remembers the last number, as a reader of an ordinary outbox does."""
            after = int(cursor or 0)
            found = list(Change.objects.filter(seq__gt=after, is_draft=False).order_by("seq")[:limit])
            return found, str(found[-1].seq) if found else cursor

    rng = random.Random(asked.seed)
    with system_scope("drill"):
        firms = list(Enterprise.objects.order_by("id")[:40])
        start = changes_since(Principal.system("drill"), "", 100_000)[1]
    total = 20_000 if asked.full else 1_600
    committed: list[tuple[str, int]] = []
    undone: set[tuple[str, int]] = set()
    lock, ticks = threading.Lock(), iter(range(1, total + 1))
    over = threading.Event()

    def write(seed: int) -> None:
        mine = random.Random(seed)
        while True:
            with lock:
                number = next(ticks, None)
            if number is None:
                break
            firm = mine.choice(firms)
            undo = mine.random() < 0.3
            try:
                with transaction.atomic(), scoped(Principal.system("drill")):
                    if mine.random() < 0.3:
                        # Another write first: this transaction is older than those that overtake it at the lock.
                        with connection.cursor() as db:
                            db.execute("SELECT pg_current_xact_id()")
                        time.sleep(mine.uniform(0, 0.05))
                    Enterprise.objects.select_for_update().get(pk=firm.pk)
                    firm.version = number
                    feed.announce("drill", firm)
                    if mine.random() < 0.02:
                        time.sleep(mine.uniform(0.1, 0.5))
                    with lock:
                        if undo:
                            undone.add((firm.public_id, number))
                    if undo:
                        raise Undo
            except Undo:
                continue
            with lock:
                committed.append((firm.public_id, number))
        connection.close()

    def read(out: list[tuple[str, int]], cuts: list[int]) -> None:
        """Reads pages; one in ten is lost on the way, and the reader asks again with the cursor it had."""
        cursor, mine = start, random.Random(asked.seed + 99)
        idle = 0
        while idle < 3:
            with transaction.atomic(), scoped(Principal.system("drill")):
                found, following = changes_since(Principal.system("drill"), cursor, mine.randint(1, 60))
            if found and mine.random() < 0.1:
                cuts[0] += 1
                continue
            out += [(change.public_id, change.version) for change in found if change.type == "drill"]
            cursor = following
            if not found:
                idle += over.is_set()
                time.sleep(0.02)
        connection.close()

    heard: list[tuple[str, int]] = []
    cuts = [0]
    reader = threading.Thread(target=read, args=(heard, cuts))
    writers = [threading.Thread(target=write, args=(rng.randrange(1 << 30),)) for _ in range(8)]
    began = time.monotonic()
    for thread in [reader, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    wrote = time.monotonic()
    over.set()
    reader.join()
    with system_scope("drill"):
        stored = list(Change.objects.filter(type="drill").order_by("seq").values_list("public_id", "version"))
    order: dict[str, list[int]] = {}
    truth: dict[str, list[int]] = {}
    for public_id, number in heard:
        order.setdefault(public_id, []).append(number)
    with system_scope("drill"):
        # The firm's row is locked while its change is written, so the order of commits is that of the numbers drawn in it.
        for public_id, number in (
            Change.objects.filter(type="drill").order_by("seq").values_list("public_id", "version")
        ):
            truth.setdefault(public_id, []).append(number)
    counts = {
        "transactions": total, "committed": len(committed), "rolled_back": len(undone), "heard": len(heard),
        "missing": len(set(committed) - set(heard)), "doubled": len(heard) - len(set(heard)),
        "from_rollback": len(set(heard) & undone), "out_of_order_things": sum(order.get(k) != v for k, v in truth.items()),
        "stored": len(stored), "pages_lost_and_asked_again": cuts[0], "lag_after_last_commit_s": round(time.monotonic() - wrote, 2),
        "seconds": round(time.monotonic() - began),
    }  # fmt: skip
    fine = not any(counts[name] for name in ("missing", "doubled", "from_rollback", "out_of_order_things"))
    return tell("R9", asked, counts, "0 missing, 0 doubled, 0 from rollback, 0 out of order for one thing", fine)


if __name__ == "__main__":
    sys.exit(main())
