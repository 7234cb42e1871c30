"""S12: the headers of every answer to everybody, and nothing inline that a nonce does not cover."""

import logging
import re
import sys
from collections import Counter

import django

from tests.chaos.stage import arguments, prepare, tell

INLINE = re.compile(
    r"<script(?![^>]*\b(?:nonce|src)=)|<style(?![^>]*\bnonce=)|\sstyle=\"|\son[a-z]+=\"|javascript:", re.IGNORECASE
)
SOURCES = re.compile(r"(?:script|style)-src 'self' 'nonce-([^']+)'")


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()
    logging.disable(logging.CRITICAL)

    from django.conf import settings

    from tests.building.addresses import addresses
    from tests.chaos.crowd import admits, one_of_each
    from tests.chaos.matrix import MISSING, Stage

    if asked.plant == "unsafe_inline":
        settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"].append("'unsafe-inline'")
    elif asked.plant == "sniffable":
        settings.SECURE_CONTENT_TYPE_NOSNIFF = False
    stage = Stage()
    people = stage.people if asked.full else one_of_each(stage.people)
    wrong: Counter[str] = Counter()
    nonces: Counter[str] = Counter()
    seen = 0
    for address in addresses():
        here = list(stage.urls(address, stage.ids_for(address)[: 3 if asked.full else 1])) if "<" in address.route else ["/" + address.route]  # fmt: skip
        nowhere = list(stage.urls(address, [MISSING])) if "<" in address.route else []
        told: set[tuple[str, str]] = set()
        for who in people:
            for url in here + nowhere:
                # What a door says to one whom it does not admit, or of a thing that is not there, it says to all of a kind.
                alike = url in nowhere or (who.kind, "no reading") in told or not admits(address, who.principal)
                if alike and not asked.full and (who.kind, url) in told:
                    continue
                cell = stage.ask(who, "GET", url, address)
                told.add((who.kind, url))
                if cell.status == 405:
                    told.add((who.kind, "no reading"))
                seen += 1
                for problem in faults(cell, nonces):
                    wrong[f"{problem}: {address.route}"] += 1
        if asked.plant and len(wrong) > 5:
            break
    twice = sum(1 for count in nonces.values() if count > 1)
    counts = {
        "answers": seen,
        "nonces": len(nonces),
        "nonces_used_twice": twice,
        "wrong": dict(wrong.most_common(8)) or 0,
    }
    return tell(
        "S12",
        asked,
        counts,
        "a strict policy with a fresh nonce on every answer, nothing inline without it",
        not wrong and not twice,
    )


def faults(cell, nonces) -> list[str]:
    headers = {name.lower(): value for name, value in cell.headers.items()}
    policy = headers.get("content-security-policy", "")
    found = []
    if "attachment" in headers.get("content-disposition", "") and policy.startswith("sandbox"):
        return [] if headers.get("x-content-type-options") == "nosniff" else ["download that may be sniffed"]
    if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy or "unsafe" in policy:
        found.append("policy")
    used = set(SOURCES.findall(policy))
    nonces.update(used)
    if headers.get("x-content-type-options") != "nosniff":
        found.append("nosniff")
    if headers.get("referrer-policy") != "same-origin":
        found.append("referrer")
    if headers.get("x-frame-options") != "DENY":
        found.append("framing")
    if headers.get("cross-origin-opener-policy") != "same-origin":
        found.append("opener")
    if "html" in headers.get("content-type", "") and (bad := INLINE.search(cell.body.decode("utf-8", "replace"))):
        found.append(f"inline {bad[0][:20]}")
    signed_in = cell.who.principal.kind != "anonymous"
    if (
        signed_in
        and cell.status == 200
        and "no-store" not in headers.get("cache-control", "")
        and cell.address.guard not in ("public", "")
    ):
        found.append("cached")
    return found


if __name__ == "__main__":
    sys.exit(main())
