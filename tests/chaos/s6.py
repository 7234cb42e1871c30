"""S6: every form that anybody finds is sent twice: as it stands, and with every column of every table added to it.

No row of any table may take a value that was only added: a power, a post, a verified link, a state or an owner.
The agreed fields of forms and of the interface are a list in the suite (tests/building/fields.json).
"""

import logging
import re
import sys
from collections import Counter

import django

from tests.chaos.s5 import forms_of
from tests.chaos.stage import arguments, prepare, tell
from tests.chaos.touching import Row


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()
    logging.disable(logging.CRITICAL)

    from django.apps import apps

    from foundation.accounts.scope import system_scope
    from tests.building.addresses import addresses
    from tests.chaos import bodies, matrix, planting
    from tests.chaos.bounds import without_a_record
    from tests.chaos.crowd import one_of_each

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
    elif asked.plant == "unknown_fields_ignored":
        from portal.api import rulesets

        planting.replace_everywhere(rulesets.refuse_unknown, lambda body, read: None)
    stage = matrix.Stage()
    if asked.plant == "unrecorded":
        planting.unrecorded()
    blank = next(iter(addresses()))
    columns = sorted({f.name for m in apps.get_models() for f in m._meta.get_fields() if hasattr(f, "attname")} | {f.attname for m in apps.get_models() for f in m._meta.fields})  # fmt: skip
    changed: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    known: set[tuple[str, str]] = set()
    posts = 0
    accepted = 0
    acted: Counter[str] = Counter()
    extra = {name: value_for(name) for name in columns}
    for who in stage.people if asked.full else one_of_each(stage.people):
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
                plain = stage.ask(who, "POST", action, blank, values)
                answer = stage.ask(who, "POST", action, blank, extra | values)
                acted.update(f"{told} {shape[0]}" if told != "recorded" else told for told in without_a_record(plain))
                posts += 1
                statuses[answer.status] += 1
                accepted += answer.status in (200, 302)
                for what in sorted(taken(answer.rows, extra) - taken(plain.rows, extra)):
                    changed[f"{what}: {shape[0]} by {who.name}"] += 1
        if asked.plant and (changed or len(acted) > 1):
            break
    # The interface refuses what it does not know, by name; without it the same body is taken, so that something was asked.
    ignored, understood = Counter[str](), set()
    doors = [one for one in addresses() if one.is_api and bodies.takes(one) is not None]
    for address in doors:
        body = bodies.body_for(address)
        for who in (one for one in stage.people if one.kind == "client"):
            for url in stage.urls(address, stage.ids_for(address)):
                if address.route in understood or stage.ask(who, "POST", url, address, body).status >= 400:
                    continue
                understood.add(address.route)
                for name in ("enterprise_id", "state", "region_path", "actor"):
                    posts += 1
                    ignored[address.route] += stage.ask(who, "POST", url, address, body | {name: "1"}).status < 400
    deaf = sorted({one.route for one in doors} - understood)
    counts = {"forms_by_kind_of_person": len(known), "posts": posts, "accepted": accepted, "columns_added_to_each": len(columns), "changed": dict(changed.most_common(6)) or 0, "unknown_fields_taken_by_the_interface": dict(+ignored) or 0, "interface_never_reached": deaf, "changes_recorded": acted.pop("recorded", 0), "changes_without_a_record": dict(acted.most_common(20)) or 0, "statuses": dict(sorted(statuses.items()))}  # fmt: skip
    fine = (
        not counts["changes_without_a_record"]
        and not changed
        and not +ignored
        and not deaf
        and posts >= 60
        and accepted >= 15
    )
    return tell(
        "S6",
        asked,
        counts,
        "nothing changes but what the act gives, nothing without a line on record; the interface refuses unknown fields",
        fine,
    )


def taken(rows: list[Row], extra: dict[str, str]) -> set[str]:
    """Columns that now hold what was only added to the form, and did not before."""
    return {
        f"{row.table}.{column}"
        for row in rows
        for column, value in (row.after or {}).items()
        if column in extra
        and value != (row.before or {}).get(column)
        and str(value).lower().startswith(extra[column].lower())
        and (len(extra[column]) > 3 or str(value).lower() == extra[column])
    }


def value_for(name: str) -> str:
    """Something that would fit the column if it were taken."""
    if name.startswith(("is_", "sees_")):
        return "true"
    if name.endswith("_id") or name in ("id", "version", "user", "enterprise", "office"):
        return "1"
    return {"state": "granted", "role": "owner", "region_path": "64", "reach": "64", "credit_code": "91640104MA7000001X", "password": "Taken-over-2026"}.get(name, "2030-01-01" if name.endswith(("_on", "_at")) else "1")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
