from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


def role_required(*roles: str) -> type[BasePermission]:
    """Return a permission for callers with at least one of the roles."""

    class RoleRequired(BasePermission):
        def has_permission(self, request: Request, view: APIView) -> bool:
            actor: Any = request.user
            return bool(actor.has_role(*roles))

    RoleRequired.__name__ = "Requires" + "Or".join(role.title() for role in roles)
    return RoleRequired
