"""What this storey asks the ones above it, and what it tells them."""

from dataclasses import dataclass

from django.dispatch import Signal

body_change_asked = Signal()
"""kwargs: enterprise (Enterprise), actor (Principal). Receivers answer with the `Obstacle`s they know of."""

body_changed = Signal()
"""kwargs: enterprise (Enterprise), before (str: the path it left), actor (Principal).

Sent inside the transaction, with the sight of the house, after the enterprise itself has moved.
"""


@dataclass(frozen=True)
class Obstacle:
    """Something open on a firm: what it is, where it stands, how to settle it. No `url` where the reader may not open it."""

    what: str
    where: str
    mend: str
    url: str = ""
