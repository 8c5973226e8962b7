from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from contexts.identity import api as identity
from contexts.shared.kernel import DomainError, new_id, now


class Command(BaseCommand):
    help = "Grant a role of the staff and print a link that sets a password and a second factor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the person's e-mail address")
        parser.add_argument("--role", required=True, choices=sorted(identity.STAFF_ROLES))

    def handle(self, *, address: str, role: str, **_: Any) -> None:
        try:
            token = identity.create_staff(user_id=new_id(), email=address, role=role, now=now())
        except identity.UnknownPerson:
            raise CommandError(f"the account of {address} has ended or is suspended") from None
        except DomainError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{address} has the role {role}. Open within 24 hours, once:")
        self.stdout.write(settings.PUBLIC_URL + reverse("enroll-page", kwargs={"token": token}))
