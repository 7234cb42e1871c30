"""Defects for the drills that run in one process: the walls are taken down one by one."""

import sys
from typing import Any

from django.db import connection
from django.db.models import QuerySet


def replace_everywhere(old: Any, new: Any) -> None:
    """A function imported by name lives in many modules."""
    for module in list(sys.modules.values()):
        for name, value in list(vars(module).items()) if hasattr(module, "__dict__") else []:
            if value is old:
                setattr(module, name, new)


def no_python_scope() -> None:
    """Every `visible_to` returns everything; only the database still looks at who is asking."""
    from django.urls import get_resolver

    import portal.urls  # noqa: F401
    from certification import queries as certification
    from certification.models import Application, Certificate, Finding, Posting
    from enterprises import queries as enterprises
    from enterprises.models import Enterprise, Evidence

    assert get_resolver().url_patterns
    by_name: dict[str, QuerySet[Any]] = {
        "applications": Application.objects.exclude(submitted_at=None),
        "certificates": Certificate.objects.all(),
        "findings": Finding.objects.select_related("certificate"),
        "postings": Posting.objects.all(),
        "evidence_visible_to": Evidence.objects.all(),
        "visible_to": Enterprise.objects.all(),
        "enterprises": Enterprise.objects.all(),
    }
    for module in (certification, enterprises):
        for name, rows in by_name.items():
            real = getattr(module, name, None)
            if real is not None:
                replace_everywhere(real, lambda principal, rows=rows, **_: rows.all())


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
