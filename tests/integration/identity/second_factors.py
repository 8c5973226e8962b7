"""The page that asks for a code, and what became of it."""

from typing import Any

from django.test import Client

from contexts.identity.models import User
from contexts.shared.audit.models import AuditEntry
from contexts.shared.database.placement.aliases import alias_of

ASK, USERS = "/admin/second-factor/", "/admin/identity/user/"


def give_code(client: Client, code: str, *, page: str = USERS) -> Any:
    return client.post(ASK, {"code": code, "next": page})


def opens(client: Client) -> bool:
    return bool(client.get(USERS).status_code == 200)


def entries(user: User) -> list[tuple[str, str]]:
    log = AuditEntry.objects.using(alias_of("identity")).filter(action="second_factor")
    about = log.filter(subject=f"identity.user:{user.pk}").order_by("pk")
    return [(entry.outcome, entry.reason) for entry in about]
