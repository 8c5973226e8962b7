from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from busuu.workshop.evaluation import credit
from busuu.workshop.evaluation.table import lines
from contexts import courses

PACKS = Path(courses.__file__).parent / "packs"


class Command(BaseCommand):
    help = "Measure the learning engine. Prints each figure with its demand and its baselines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["credit"])
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, what: str, seed: int, **_: Any) -> None:
        del what
        for pack in sorted(PACKS.iterdir()):
            for line in lines(f"credit, {pack.name}", credit.measure(pack, seed=seed)):
                self.stdout.write(line)
