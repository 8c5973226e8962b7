from typing import Any

from django.core.management.base import BaseCommand, CommandError

from busuu.workshop import translations


class Command(BaseCommand):
    help = "Refuse messages without a translation, fuzzy ones, and a catalogue not compiled."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        if found := translations.gaps():
            raise CommandError("\n".join(found))
        self.stdout.write("every message has its translation")
