"""Whether a draft to lengthen a term waits for its signature: what the term protects is not closed before."""

from datetime import date

from certification.models import TermExtension
from enterprises.words import cn
from foundation.refusals import Refused


def refuse_while_days_are_owed(kind: str, last: date) -> None:
    """Refused("conflict") while our own failure near this last day has not been ruled on."""
    if TermExtension.objects.filter(kind=kind, ends_on=last, state="drafted").exists():
        raise Refused(
            "conflict",
            f"{cn(last)}到期以前本系统发生过故障，延长期限正等自治区负责人签发；签发或不予延长以前不能结束。",
        )
