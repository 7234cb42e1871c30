"""What the night watches found last: a row for each, so that an operator's figures and alerts can ask for it."""

from foundation import clock
from foundation.audit.models import Inspection


def note(name: str, counts: dict[str, int]) -> None:
    """Keep the last result of the watch `name`, with the moment."""
    Inspection.objects.update_or_create(name=name, defaults={"at": clock.now(), "counts": counts})


def last(name: str) -> Inspection | None:
    return Inspection.objects.filter(name=name).first()
