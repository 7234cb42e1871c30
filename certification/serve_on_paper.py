"""当面、留置、邮寄送达: how a decision reaches a firm of which nobody is verified in the system.

The office prints the signed letter, hands it over as the law provides, and enters day, person and number. From then on
the case stands where it would stand after serving online; a person who comes later finds the letter in the system.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from certification import quiet
from certification.letter import print_letter, refuse_without_remedy
from certification.models import Letter
from certification.notify import applicants
from certification.permissions import LETTER, writes_letter
from enterprises.attach import keep
from enterprises.words import cn
from foundation.accounts.principal import Principal
from foundation.mailroom.serve import read_service
from foundation.refusals import Missing, Problem, Refused
from foundation.transitions import already_moved, move

WAYS = dict(Letter.HAND_WAYS)


def has_nobody(letter: Letter) -> bool:
    """Only then: who can read it in the system is served there, and by hand only where no proof comes."""
    return not applicants(letter.application)


def printed(letter: Letter) -> bytes:
    """What is handed over: without the mark of a draft, dated as it was signed."""
    return print_letter(letter, served=cn(timezone.localtime(letter.signed_at)) if letter.signed_at else "")


def serve_on_paper(letter: Letter, given: Mapping[str, Any], *, actor: Principal) -> Letter:
    """Enter that it was handed over: which way, on which day, by whom, under which number."""
    if not writes_letter(actor, letter):
        raise Missing
    if letter.state != "signed" or letter.signed_at is None:
        raise already_moved(letter, LETTER)
    refuse_without_remedy(letter)
    if not has_nobody(letter):
        raise Refused("conflict", "企业有核实过身份的人员，请在线送达；到期没有送达证明的，会列入待送达文书。")
    try:
        way, on, by, number = read_service(given, WAYS, timezone.localtime(letter.signed_at).date())
    except Refused as refusal:
        told = [Problem(p.message, p.field, hint="" if p.field == "way" else p.hint) for p in refusal.problems]
        raise Refused(refusal.code, refusal.sentence, told) from refusal
    with transaction.atomic():
        content = printed(letter)
        digest = hashlib.sha256(content).hexdigest()
        keep(content, digest)
        if letter.kind == "refusal" and letter.application.state == "to_refuse":
            quiet.tell(letter.application, actor=actor)
        return move(
            letter, "serve", actor=actor, machine=LETTER, reason=f"{WAYS[way]}，{on}，编号{number}",
            served_at=timezone.make_aware(datetime.combine(on, time.min)), file_hash=digest, hand_way=way, hand_by=by,
            hand_number=number,
        )  # fmt: skip
