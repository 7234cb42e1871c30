"""S6: every form that anybody finds is sent as it stands, with every column of every table added to it.

Afterwards nobody may have a power, a post, a verified link, a state or an owner that the act itself does not give.
The agreed fields of forms and of the interface are a list in the suite (tests/building/fields.json).
"""

import logging
import re
import sys
from collections import Counter

import django

from tests.chaos.s5 import forms_of
from tests.chaos.stage import arguments, prepare, tell

WATCHED = {
    "superusers": "SELECT count(*) FROM accounts_user WHERE is_superuser OR is_staff",
    "users' names of accounts": "SELECT md5(string_agg(concat_ws(' ', username, is_active::text), ',' ORDER BY id)) FROM accounts_user WHERE id <= %(users)s",
    "verified links": "SELECT md5(string_agg(concat_ws(' ', enterprise_id, role, user_id), ',' ORDER BY id)) FROM enterprises_membership WHERE state = 'verified'",
    "owners of papers": "SELECT md5(string_agg(concat_ws(' ', enterprise_id, sha256, scan_state), ',' ORDER BY id)) FROM enterprises_evidence WHERE id <= %(papers)s",
    "owners and rules of cases": "SELECT md5(string_agg(concat_ws(' ', enterprise_id, call_id, rule_set_hash, region_path, credit_code), ',' ORDER BY id)) FROM certification_application WHERE id <= %(cases)s",
    "credit codes and places": "SELECT md5(string_agg(concat_ws(' ', credit_code, region_path), ',' ORDER BY id)) FROM enterprises_enterprise WHERE id <= %(firms)s",
    "numbers and days of titles": "SELECT md5(string_agg(concat_ws(' ', number, enterprise_id, valid_from, valid_until), ',' ORDER BY id)) FROM certification_certificate WHERE id <= %(titles)s",
    "reach of clients": "SELECT md5(string_agg(concat_ws(' ', reach, client_id), ',' ORDER BY id)) FROM exchange_apiclient WHERE id <= %(clients)s",
}
GIVEN_BY_THE_ACT = {
    "users' names of accounts": {"retire"},
    "verified links": {"my/colleagues", "desk/links", "platform", "join"},
    "owners and rules of cases": set(),
}
"""Addresses whose very purpose is the change that is watched."""


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()
    logging.disable(logging.CRITICAL)

    from django.apps import apps
    from django.db import connection, transaction

    from foundation.accounts.scope import system_scope
    from tests.building.addresses import addresses
    from tests.chaos import matrix
    from tests.chaos.crowd import few

    if asked.plant == "takes_everything":
        from enterprises.models import Enterprise
        from foundation.accounts.middleware import PrincipalMiddleware

        within = PrincipalMiddleware.within_sight

        def greedy(self, request):
            """Planted: whatever column a form names is written to the firm of whoever sends it."""
            response = within(self, request)
            if request.method == "POST" and request.POST.get("credit_code") and request.principal.enterprise_ids:
                with system_scope("plant"):
                    Enterprise.objects.filter(pk__in=request.principal.enterprise_ids).update(
                        credit_code=request.POST["credit_code"]
                    )
            return response

        PrincipalMiddleware.within_sight = greedy  # type: ignore[method-assign]
    stage = matrix.Stage()
    columns = sorted({f.name for m in apps.get_models() for f in m._meta.get_fields() if hasattr(f, "attname")} | {f.attname for m in apps.get_models() for f in m._meta.fields})  # fmt: skip
    with system_scope("drill"), connection.cursor() as db:
        db.execute(
            "SELECT (SELECT max(id) FROM accounts_user), (SELECT max(id) FROM enterprises_evidence), (SELECT max(id) FROM certification_application), (SELECT max(id) FROM enterprises_enterprise), (SELECT max(id) FROM certification_certificate), (SELECT max(id) FROM exchange_apiclient)"
        )
        tops = dict(zip(("users", "papers", "cases", "firms", "titles", "clients"), db.fetchone(), strict=True))

    def watched() -> dict[str, object]:
        found = {}
        with system_scope("drill"), connection.cursor() as db:
            for what, sql in WATCHED.items():
                db.execute(sql, tops)
                found[what] = db.fetchone()[0]
        return found

    before = watched()
    changed: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    known: set[tuple[str, str]] = set()
    posts = 0
    accepted = 0
    extra = {name: value_for(name) for name in columns}
    for who in stage.people if asked.full else few(stage.people):
        if who.kind == "client":
            continue
        for page in stage.pages(who, 3):
            if page.status != 200 or b"<form" not in page.body:
                continue
            for action, values, _ in forms_of(page.body.decode("utf-8", "replace"), page.url):
                shape = (re.sub(r"/[0-9a-z]{16}/", "/id/", action), who.principal.kind + who.principal.level)
                if shape in known or "logout" in action:
                    continue
                known.add(shape)
                with transaction.atomic():
                    answer = who.client.post(action, extra | values, headers=who.headers)
                    after = watched()
                    transaction.set_rollback(True)
                posts += 1
                statuses[answer.status_code] += 1
                accepted += answer.status_code in (200, 302)
                for what in WATCHED:
                    if after[what] != before[what] and not any(
                        part in action for part in GIVEN_BY_THE_ACT.get(what, ())
                    ):
                        changed[f"{what}: {shape[0]} by {who.name}"] += 1
        if asked.plant and changed:
            break
    # The interface refuses what it does not know, by name.
    taken = 0
    system = next(who for who in stage.people if "6 scopes" in who.name)
    for address in addresses():
        if address.is_api and hasattr(address.view.cls, "post") and "<" in address.route:
            for url in stage.urls(address, stage.ids_for(address)[:1]):
                answer = stage.ask(
                    system,
                    "POST",
                    url,
                    address,
                    {"conclusion": "refuse", "text": "演练", "facts": {}, "state": "granted", "enterprise_id": 1},
                )
                posts += 1
                taken += answer.status < 400
    counts = {"forms_by_kind_of_person": len(known), "posts": posts, "accepted": accepted, "columns_added_to_each": len(columns), "changed": dict(changed.most_common(6)) or 0, "unknown_fields_taken_by_the_interface": taken, "statuses": dict(sorted(statuses.items()))}  # fmt: skip
    fine = not changed and not taken and posts >= 60 and accepted >= 15
    return tell(
        "S6", asked, counts, "nothing changes but what the act gives; the interface refuses unknown fields", fine
    )


def value_for(name: str) -> str:
    """Something that would fit the column if it were taken."""
    if name.startswith(("is_", "sees_")):
        return "true"
    if name.endswith("_id") or name in ("id", "version", "user", "enterprise", "office"):
        return "1"
    return {"state": "granted", "role": "owner", "region_path": "64", "reach": "64", "credit_code": "91640104MA7000001X", "password": "Taken-over-2026"}.get(name, "2030-01-01" if name.endswith(("_on", "_at")) else "1")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
