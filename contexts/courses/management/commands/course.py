from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contexts.courses import api, queries
from contexts.shared.kernel import now

PACKS = Path(__file__).resolve().parents[2] / "packs"


class Command(BaseCommand):
    help = "Courses: check a pack, publish it, list what is published."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, summary in (("validate", "check packs"), ("load", "publish packs")):
            action = actions.add_parser(name, help=summary)
            action.add_argument("folders", nargs="*", type=Path, help="none: the shipped courses")
        actions.add_parser("list", help="the published courses")

    def handle(self, *, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")(options.get("folders"))

    def _validate(self, folders: list[Path]) -> None:
        for folder in folders or _shipped():
            with _refusals(folder):
                pack = api.read_pack(folder)
            self.stdout.write(f"{pack.id}: good, {pack.content_hash[:12]}")

    def _load(self, folders: list[Path]) -> None:
        for folder in folders or _shipped():
            with _refusals(folder):
                published = api.publish_pack(folder, now=now())
            self.stdout.write(f"{folder.name}: {'published' if published else 'unchanged'}")

    def _list(self, _: object) -> None:
        for row in queries.courses().order_by("key"):
            course = queries.to_course(row)
            self.stdout.write(
                f"{course.course}  version {course.version}  {course.level}  "
                f"{course.lessons} lessons, {course.words} words, {course.exercises} exercises"
            )


def _shipped() -> list[Path]:
    return sorted(folder for folder in PACKS.iterdir() if (folder / "course.yaml").is_file())


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    """Turn a refused pack into a command error that lists its errors."""
    try:
        yield
    except api.PackRefused as refused:
        lines = "\n".join(str(error) for error in refused.errors)
        in_files = any(error.file for error in refused.errors)
        raise CommandError(f"{folder}: refused\n{lines}" if in_files else lines) from None
