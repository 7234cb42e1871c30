"""What this storey tells the ones above it."""

from django.dispatch import Signal

certificate_issued = Signal()
"""kwargs: certificate (Certificate), on (date). Sent inside the transaction of the issue."""

certificate_ended = Signal()
"""kwargs: certificate (Certificate), on (date), reason (str). Sent inside the transaction of the end."""

certificate_restored = Signal()
"""kwargs: certificate (Certificate), on (date), reason (str). Sent inside the transaction that gives a title back."""

consequences_asked = Signal()
"""kwargs: certificate (Certificate). Receivers answer with sentences: what ending this title would end with it."""
