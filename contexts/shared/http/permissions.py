from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from contexts.shared.http.errors import SecondFactorNeeded


def role_required(*roles: str) -> type[BasePermission]:
    """Return a permission for callers with at least one of the roles.

    It raises SecondFactorNeeded if that role is withheld.
    """

    class RoleRequired(BasePermission):
        def has_permission(self, request: Request, view: APIView) -> bool:
            actor: Any = request.user
            if actor.withheld & set(roles) and not actor.has_role(*roles):
                raise SecondFactorNeeded
            return bool(actor.has_role(*roles))

    RoleRequired.__name__ = "Requires" + "Or".join(role.title() for role in roles)
    return RoleRequired
