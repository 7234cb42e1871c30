"""Defects for the drills that run in one process: the walls are taken down one by one."""

import functools
import inspect
import sys
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.where import WhereNode

from foundation.accounts.principal import Principal

ROOMS = frozenset({"certification", "enterprises", "foundation", "incentives", "portal"})


def replace_everywhere(old: Any, new: Any) -> None:
    """A function imported by name lives in many modules."""
    for module in list(sys.modules.values()):
        for name, value in list(vars(module).items()) if hasattr(module, "__dict__") else []:
            if value is old:
                setattr(module, name, new)


def scopes() -> list[Any]:
    """Every function of the house that is told who is asking and gives rows; found by its signature, not by its name."""
    found = {}
    for module in [m for name, m in list(sys.modules.items()) if name.partition(".")[0] in ROOMS]:
        for one in list(vars(module).values()):
            if not inspect.isfunction(one) or one.__module__.partition(".")[0] not in ROOMS:
                continue
            asked = next(iter(inspect.signature(one).parameters.values()), None)
            told = inspect.signature(one).return_annotation
            if asked is not None and asked.annotation in (Principal, "Principal") and str(told).find("QuerySet") >= 0:
                found[one.__module__, one.__name__] = one
    return [found[place] for place in sorted(found)]


def no_python_scope() -> list[str]:
    """Each of them gives every row of a walled table; only the database still looks at who is asking. Their names.

    A table without a wall keeps its scope: there it is the only one, on purpose and with a reason (tests/chaos/s2.py).
    """
    import portal.urls  # noqa: F401  (so that every door and its room are there)
    from certification.models import Application

    with connection.cursor() as db:
        db.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        walled = {table for (table,) in db.fetchall()}

    def opened(real: Any) -> Any:
        @functools.wraps(real)
        def everything(principal: Principal, *more: Any, **named: Any) -> QuerySet[Any]:
            rows = real(principal, *more, **named)
            if rows.model._meta.db_table not in walled:
                return rows
            rows = rows.all()
            rows.query.where = WhereNode()
            if rows.model is Application:
                rows = rows.exclude(submitted_at=None)  # what was never filed has no page at any desk
            return rows.distinct() if len(rows.query.alias_map) > 1 else rows

        return everything

    names = []
    for real in scopes():
        replace_everywhere(real, opened(real))
        names.append(f"{real.__module__}.{real.__name__}")
    return names


def no_row_security() -> None:
    """The database looks away, too."""
    with connection.cursor() as db:
        db.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        for (table,) in db.fetchall():
            db.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
            db.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')


def no_scope() -> None:
    no_python_scope()
    no_row_security()


def after_each_post(act: Any) -> None:
    """`act(request)` is done by the house after every POST of somebody who is signed in."""
    from foundation.accounts.middleware import PrincipalMiddleware
    from foundation.accounts.scope import system_scope

    within = PrincipalMiddleware.within_sight

    def also(self: Any, request: Any) -> Any:
        response = within(self, request)
        if request.method == "POST" and not request.principal.is_anonymous:
            with system_scope("plant"):
                act(request)
        return response

    PrincipalMiddleware.within_sight = also  # type: ignore[method-assign]


def foreign_write() -> None:
    """Whatever somebody sends also changes a firm that is not theirs, without a line on record."""
    from enterprises.models import Enterprise

    def act(request: Any) -> None:
        away = Enterprise.objects.exclude(pk__in=request.principal.enterprise_ids).order_by("-pk").first()
        Enterprise.objects.filter(pk=away.pk).update(main_product=f"演练 {request.path[:40]}")

    after_each_post(act)


def foreign_letter() -> None:
    """Whatever somebody sends also puts the words of one firm into a letter to the people of another."""
    from enterprises.models import Membership
    from foundation.mailroom.models import Topic
    from foundation.mailroom.posting import send

    def act(request: Any) -> None:
        link = Membership.objects.filter(user__username="qiye-zhang").first()
        send(
            [link.user],
            subject=f"抄送（演练）雀{link.enterprise_id + 1}号",
            body="演练",
            topic=Topic.CASE,
            about=link.enterprise,
        )

    after_each_post(act)


def unrecorded() -> None:
    """What changes no state leaves no line; moves are held to theirs by the database itself."""
    from foundation.audit.models import AuditEvent
    from foundation.audit.record import record

    def keep_quiet(act: str, thing: Any, **given: Any) -> AuditEvent:
        return record(act, thing, **given) if given.get("to_state") else AuditEvent(act=act)

    replace_everywhere(record, keep_quiet)


def session_level() -> None:
    """The sight is set for the connection instead of the transaction, and never taken back."""
    from foundation.accounts import scope

    def _set(cursor: Any, sight: tuple[str, ...]) -> None:
        if len(sight) != len(scope.VARIABLES):
            raise ValueError("this defect no longer fits the sight it leaks")
        # An empty sight is the giving back that this defect forgets.
        if sight[0] or sight[2] != "{}":
            told = ", ".join("set_config(%s, %s, false)" for _ in scope.VARIABLES)
            cursor.execute(
                f"SELECT {told}", [word for pair in zip(scope.VARIABLES, sight, strict=True) for word in pair]
            )

    scope._set = _set  # type: ignore[assignment]
