"""What a request may change at all: nothing while it only reads or is refused, never what is another's.

Told from the rows themselves (touching.py). What belongs to a firm or a place is judged by whose it is; the few tables
that belong to neither name the people whose work they are. A table that is named nowhere is nobody's to write.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tests.chaos.touching import Row

if TYPE_CHECKING:
    from tests.chaos.matrix import Cell, Who

TRACES = {
    "accounts_attempts": "how often a door was knocked at",
    "audit_auditevent": "that an official looked",
    "certification_look": "since when somebody has a case open",
    "django_session": "when somebody was last seen",
}
"""What is written while reading, or beside a refusal: the mark that this leaves, and nothing of the thing itself."""
NUMBERED_LATE = ("api/v1/changes", "exchange_change")
"""The feed numbers its rows when they are read: whoever asks first numbers those of everybody, and sees their own."""
ANYBODY = "anybody"
OWNERLESS: dict[str, frozenset[str]] = {
    "accounts_attempts": frozenset({ANYBODY}),
    "accounts_post": frozenset({"admin"}),
    "accounts_user": frozenset({"admin"}),
    "audit_auditevent": frozenset({ANYBODY}),
    "certification_announcement": frozenset({"leader"}),
    "certification_confirmation": frozenset({"policy", "publisher"}),
    "certification_interpretation": frozenset({"leader", "policy", "reviewer"}),
    "certification_round": frozenset({"leader", "reviewer"}),
    "certification_sequence": frozenset({ANYBODY}),
    "certification_stagetime": frozenset({"client", "leader", "reviewer"}),
    "django_session": frozenset({ANYBODY}),
    "exchange_apiclient": frozenset({"system"}),
    "exchange_change": frozenset({ANYBODY}),
    "exchange_idempotencykey": frozenset({"client"}),
    "ledger_workitem": frozenset({ANYBODY}),
    "mailroom_delivery": frozenset({ANYBODY}),
    "mailroom_message": frozenset({ANYBODY}),
    "mailroom_proof": frozenset({"member"}),
    "oauth2_provider_accesstoken": frozenset({"system"}),
    "outages_outage": frozenset({"system"}),
}
"""Roles and kinds of people that may change a table which belongs to no firm and no place."""
FOLLOWING = frozenset(
    {"audit_auditevent", "exchange_change", "ledger_workitem", "mailroom_delivery", "mailroom_message"}
)
"""What follows an act and says of it: its place is that of whoever has to know, so it is judged by its firm alone."""
PERSONAL = {
    "accounts_user": "id", "account_emailaddress": "user_id", "certification_savedview": "user_id",
    "enterprises_membership": "user_id", "mailroom_choice": "user_id", "mailroom_quiethours": "user_id",
    "mfa_authenticator": "user_id", "usersessions_usersession": "user_id",
}  # fmt: skip
"""What is a person's own, by the column that says whose."""
DECLARED = frozenset({"own_ties", "own_ties_at"})
"""What an expert says himself in the register of experts."""
TASKS = frozenset({"certification_assignment", "certification_score"})
OPEN_TO_STRANGERS = {
    ("register/", "enterprises_enterprise"): "who registers a firm is nobody's yet",
    (
        "reviews/<str:public_id>/recuse/",
        "certification_assignment",
    ): "who steps back makes room for the next of the draw",
}


def out_of_place(cell: "Cell") -> Iterator[str]:
    """Each change of this request that was not this person's to make, in a few words."""
    reading = cell.method not in ("POST", "PUT", "PATCH") or cell.status >= 400
    acts_for_oneself = any(is_own(row, cell.who) for row in cell.rows)
    for row in cell.rows:
        if (cell.address.route, row.table) == NUMBERED_LATE:
            if set(changed(row)) - {"number", "seq", "position"}:
                yield f"{row.table} changed while it was numbered: {changed(row)}"
        elif reading and row.table not in TRACES:
            yield f"{row.table} changed by what only read or was refused"
        elif is_watcher(cell.who) and row.table not in TRACES:
            yield f"{row.table} changed by an auditor"
        elif not is_own(row, cell.who) and not (acts_for_oneself and row.table in FOLLOWING):
            yield from belongs_elsewhere(row, cell.who, cell.address.route)


def is_own(row: Row, who: "Who") -> bool:
    """A person's own account, choice or unproved link, and the task that a draw gave to this expert.

    Nobody gives oneself a post, nor proves one's own link to a firm. An expert says what ties there are, and nothing else
    of the register.
    """
    if row.table == "certification_expert":
        return row.before is not None and row.before["id"] in who.tasks and set(changed(row)) <= DECLARED
    if row.table in PERSONAL:
        mine = {image.get(PERSONAL[row.table]) for image in row.images} == {who.principal.user_id}
        proved = (row.after or {}).get("state") == "verified" != (row.before or {}).get("state")
        return mine and who.principal.user_id is not None and not (row.table == "enterprises_membership" and proved)
    if row.table in TASKS:
        # A sealed score is read by nobody before its round is closed, not even here: then only whoever has a task writes one.
        return bool(who.tasks) and (
            not row.images or bool({image.get("expert_id") for image in row.images} & who.tasks)
        )
    return False


def belongs_elsewhere(row: Row, who: "Who", route: str) -> Iterator[str]:
    principal = who.principal
    if (route, row.table) in OPEN_TO_STRANGERS:
        return
    if row.firms:
        # That an expert opened the papers he was given is told to the firm, which he does not know.
        known = who.sees | who.given if row.table == "audit_auditevent" else who.sees
        if row.firms - known:
            yield f"{row.table} of a foreign firm"
    elif row.places and row.table not in FOLLOWING:
        if not all(principal.reaches(place) for place in row.places):
            yield f"{row.table} of a foreign place"
    else:
        allowed = OWNERLESS.get(row.table, frozenset())
        if allowed.isdisjoint({ANYBODY, str(principal.kind), *principal.roles}):
            yield f"{row.table}, which belongs to nobody, by {principal.kind} {sorted(principal.roles)}"


def is_watcher(who: "Who") -> bool:
    return who.principal.roles == frozenset({"auditor"})


def changed(row: Row) -> Mapping[str, object]:
    before, after = row.before or {}, row.after or {}
    return {name: after.get(name) for name in before | after if before.get(name) != after.get(name)}


def without_a_record(cell: "Cell") -> Iterator[str]:
    """ "recorded" for an act that left its line in the record with who, from where and what; else what it changed without one."""
    if cell.method != "POST" or cell.status >= 400:
        return
    changes = {row.table for row in cell.rows if not is_typing(row)} - set(TRACES) - FOLLOWING
    events = [row.after or {} for row in cell.rows if row.table == "audit_auditevent"]
    if not changes:
        return
    mine = [e for e in events if e["actor_kind"] and e["act"] and e["object_type"] and e["request_id"]]
    if mine:
        yield "recorded"
    else:
        yield f"{cell.address.route}: {' '.join(sorted(changes))}"


def is_typing(row: Row) -> bool:
    """A draft that is saved while its firm writes, every few seconds: what was filed is on record, not each word of it."""
    states = {image.get("state") for image in row.images}
    return row.table == "certification_application" and row.before is not None and states == {"draft"}
