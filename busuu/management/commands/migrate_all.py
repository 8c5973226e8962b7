from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connections

from contexts.shared.database.placement.aliases import alias_of, all_aliases


class Command(BaseCommand):
    help = "Migrate the database of every context, and create the cache table."

    def handle(self, **options: Any) -> None:
        for alias in all_aliases():
            _reach(alias)
            self.stdout.write(f"migrating {alias}")
            call_command("migrate", database=alias, interactive=False, verbosity=0)
        if "DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
            call_command("createcachetable", database=alias_of("identity"), verbosity=0)


def _reach(alias: str) -> None:
    """Raises CommandError with the server's message if the database cannot be reached."""
    try:
        connections[alias].ensure_connection()
    except Error as error:
        raise CommandError(f"{alias}: {' '.join(str(error).split())}") from error
