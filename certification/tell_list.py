"""The quiet interval after a list was published: its firms are told when it is over, and not at all of a list taken down within.

Published is published: the list is open to everybody at once, and taking it down asks for a public reason. But a wrong line that
is seen in the first half hour need not go into fifty mailboxes, followed by fifty messages that it was wrong (features C5).
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from certification.models import Posting
from certification.notify import tell_applicants
from certification.states import APPLICATION
from enterprises.words import cn
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.ledger.models import WorkItem
from foundation.ledger.work import enqueue_many, work
from foundation.refusals import Missing

TELL = "certification.tell_list"


def promise(posting: Posting) -> None:
    """Part of publishing, in its transaction: the row that will tell the firms, due when the interval is over."""
    due = clock.now() + timedelta(minutes=settings.POSTING_QUIET_MINUTES)
    enqueue_many(TELL, [(posting.public_id, {"posting": posting.pk})], due_at=due)


@work(TELL)
def tell_when_due(item: WorkItem) -> dict[str, Any]:
    posting = Posting.objects.get(pk=item.payload["posting"])
    return {"told": tell(posting, actor=Principal.system("quiet interval"))}


def tell(posting: Posting, *, actor: Principal) -> int:
    """How many cases' people were told; 0 for a list that was taken down, or told before. Missing for whoever is not the house.

    The mark is written where the list still stands, under the row lock that taking it down needs too: one of the two is first,
    and the other one sees it.
    """
    if not actor.is_system:
        raise Missing
    standing = Posting.objects.filter(pk=posting.pk, state__in=["running", "ended"], told_at=None)
    with transaction.atomic():
        if not standing.update(told_at=clock.now()):
            return 0
        posting.refresh_from_db()
        lines = list(posting.items.select_related("application").order_by("place"))
        record("posting.tell", posting, actor=actor, detail={"count": len(lines)}, audience="office")
        announce("posting", posting, fields=["told_at"])
        for line in lines:
            # What comes next is that of the list, whatever has become of the case since: a refusal is quiet until it is served.
            tell_applicants(
                line.application, f"列入公示，至{cn(posting.ends_on)}", what_to_do=APPLICATION.labels["posted"].next
            )
    return len(lines)
