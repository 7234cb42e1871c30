"""Nobody may anything unless a view says who and with which scope."""

from typing import Any

from rest_framework.permissions import BasePermission


class DenyAll(BasePermission):
    def has_permission(self, request: Any, view: Any) -> bool:
        return False


class HasScope(BasePermission):
    """The client's token carries the view's `scope`."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return request.principal.kind == "client" and view.scope in request.principal.scopes


class Public(BasePermission):
    def has_permission(self, request: Any, view: Any) -> bool:
        return True
