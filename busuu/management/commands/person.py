import json
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contexts.identity import api as identity
from contexts.identity.queries import erased_since
from contexts.shared import privacy
from contexts.shared.kernel import now
from contexts.shared.kernel.arguments import instant

_EVER = "2000-01-01T00:00:00Z"


class Command(BaseCommand):
    help = "Export the data of a person as JSON, erase it, grant or revoke a role."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name in ("export", "erase"):
            action = actions.add_parser(name)
            action.add_argument("who", help="the person's id or e-mail address")
        action.add_argument("--yes", action="store_true", help="do not ask for confirmation")
        erasures = actions.add_parser("erasures", help="print the ids of people who were erased")
        erasures.add_argument("--since", type=instant, default=_EVER, help="2026-11-01T00:00:00Z")
        again = actions.add_parser("erase-again", help="erase, after a restore, whom a list names")
        again.add_argument("file", type=Path, help="what `person erasures` printed")
        role = actions.add_parser("role", help="grant a role, or revoke it")
        role.add_argument("who", help="the person's id or e-mail address")
        role.add_argument("role", choices=sorted(identity.ROLES))
        role.add_argument("--revoke", action="store_true", help="revoke the role")

    def handle(self, *, action: str, who: str = "", **options: Any) -> None:
        if action == "erasures":
            for erased in erased_since(options["since"]):
                self.stdout.write(str(erased))
            return
        if action == "erase-again":
            self._erase_again(options["file"])
            return
        person_id = self._id(who)
        if action == "role":
            self._role(person_id, options["role"], revoke=options["revoke"])
            return
        if action == "export":
            found = privacy.export_person(person_id=person_id)
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        if not options["yes"]:
            self._confirm(who)
        privacy.erase_person(
            person_id=person_id,
            now=now(),
            report=lambda context: self.stdout.write(f"erased in {context}"),
        )

    def _erase_again(self, file: Path) -> None:
        try:
            ids = [UUID(line) for line in file.read_text().split()]
        except (OSError, ValueError) as error:
            raise CommandError(f"{file}: {error}") from None
        for person_id in ids:
            privacy.erase_person(person_id=person_id, now=now())
        self.stdout.write(f"erased {len(ids)} people again")

    def _role(self, person_id: UUID, role: str, *, revoke: bool) -> None:
        change = identity.revoke_role if revoke else identity.grant_role
        try:
            change(user_id=person_id, role=role, now=now())
        except identity.UnknownPerson:
            raise CommandError(f"there is no person with the id {person_id}") from None
        self.stdout.write(f"{'revoked' if revoke else 'granted'} the role {role}")

    def _id(self, who: str) -> UUID:
        try:
            return UUID(who)
        except ValueError:
            found = identity.find_person(email=who)
        if found is None:
            raise CommandError(f"there is no person with the address {who}")
        return found

    def _confirm(self, who: str) -> None:
        if not sys.stdin.isatty():
            raise CommandError("add --yes: there is no terminal to ask on")
        if input(f"Erase {who} for good? Type it again to confirm: ") != who:
            raise CommandError("nothing was erased")
