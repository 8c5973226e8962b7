from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contexts.identity import api as identity
from contexts.identity import queries
from contexts.shared.kernel import DomainError, now


class Command(BaseCommand):
    help = "List the staff with their second factors, reset one, or encrypt all with a new key."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="print the staff, their roles and second factors")
        actions.add_parser("reseal", help="encrypt all secrets with the present SECRET_KEY")
        reset = actions.add_parser("reset", help="remove a lost second factor")
        reset.add_argument("address", help="the person's e-mail address")

    def handle(self, *, action: str, address: str = "", **_: Any) -> None:
        if action == "list":
            for one in queries.staff():
                self.stdout.write(f"{one.email}  {', '.join(one.roles)}  {_state(one)}")
        elif action == "reseal":
            self._reseal()
        else:
            self._reset(address)

    def _reseal(self) -> None:
        sealed, unreadable = identity.reseal_second_factors()
        self.stdout.write(f"encrypted {sealed} secrets")
        if unreadable:
            raise CommandError(
                f"no key reads {unreadable} secrets: their owners need new enrollment links"
            )

    def _reset(self, address: str) -> None:
        person_id = identity.find_person(email=address)
        if person_id is None:
            raise CommandError(f"there is no person with the address {address}")
        try:
            identity.reset_second_factor(user_id=person_id, now=now())
        except DomainError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write("removed; manage.py create_staff makes a new enrollment link")


def _state(one: queries.StaffMember) -> str:
    if one.factor is None:
        return "no second factor"
    return (
        f"since {one.factor.enrolled_at:%Y-%m-%d}, {one.factor.recovery_codes_left} recovery codes"
    )
