"""The mail log of a case, for `templates/certification/parts/letters.html`."""

from typing import Any

from certification.models import Application
from foundation.accounts.principal import Principal
from foundation.mailroom.posting import letters_about
from foundation.mailroom.serve import firm_served_at

MOST = 50


def panel(application: Application, principal: Principal) -> dict[str, Any]:
    """What was told to whom, by which ways, and what proves it; the caller has checked that the case is in sight."""
    letters = list(letters_about(application)[:MOST])
    served = firm_served_at(letters)
    return {"letters": [(m, served.get(m.pk), m.pk in served) for m in letters], "for_office": principal.is_official}
