from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandError, CommandParser

from contexts.courses import api

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Memory: compute it again from the answers. Safe to stop and to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        action = actions.add_parser("replay", help="what an older rule or model has computed")
        action.add_argument(
            "--again", action="store_true", help="rate all answers again, in every enrollment"
        )

    def handle(self, *, again: bool = False, **_: Any) -> None:
        done = failed = 0
        for enrollment_id in api.outdated_memories(every=again):
            try:
                api.replay_memory(enrollment_id=enrollment_id, again=again)
            # One enrollment must not hold up those after it.
            except Exception:
                log.exception("replay_failed", enrollment=str(enrollment_id))
                failed += 1
            else:
                done += 1
        self.stdout.write(f"Enrollments computed again: {done}.")
        if failed:
            raise CommandError(f"Enrollments that failed: {failed}. The log has the reasons.")
