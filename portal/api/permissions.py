"""Nobody may anything unless a view says who and with which scope."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission


class DenyAll(BasePermission):
    def has_permission(self, request: Any, view: Any) -> bool:
        return False


class HasScope(BasePermission):
    """The client's token carries the view's `scope`; where writing is another right, its `write_scope`."""

    def has_permission(self, request: Any, view: Any) -> bool:
        wanted = view.scope if request.method in SAFE_METHODS else view.write_scope or view.scope
        return request.principal.kind == "client" and wanted in request.principal.scopes


class Public(BasePermission):
    def has_permission(self, request: Any, view: Any) -> bool:
        return True
