from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contexts.courses import api


class Command(BaseCommand):
    help = "Memory: compute it again from the answers. Safe to stop and to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        action = actions.add_parser("replay", help="what an older rule or model has computed")
        action.add_argument(
            "--again", action="store_true", help="rate all answers again, in every enrollment"
        )

    def handle(self, *, again: bool = False, **_: Any) -> None:
        count = 0
        for enrollment_id in api.outdated_memories(every=again):
            api.replay_memory(enrollment_id=enrollment_id, again=again)
            count += 1
        self.stdout.write(f"{count} enrollments computed again.")
