import os
import shutil
import subprocess
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from busuu.workshop import language_tools


class Command(BaseCommand):
    help = "Show the dictionaries for the languages of the courses, or install the missing ones."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--install", action="store_true", help="by apt-get, as root")

    def handle(self, *, install: bool, **options: Any) -> None:
        found = language_tools.dictionaries()
        if install and found.packages:
            self._install(found.packages)
            found = language_tools.dictionaries()
        self.stdout.write(found.summary)

    def _install(self, packages: list[str]) -> None:
        command = f"apt-get install {' '.join(packages)}"
        if shutil.which("apt-get") is None:
            raise CommandError(
                "there is no apt-get here: install hunspell and its dictionaries by your system's "
                f"means (on Debian: {command}), or set DICPATH to a folder of dictionaries"
            )
        if os.geteuid() != 0:
            raise CommandError(f"installing needs root: sudo {command}")
        self.stdout.write(f"installing {', '.join(packages)}")
        self.stdout.flush()
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            done = subprocess.run(  # noqa: S603 - names of our own list
                ["apt-get", "-q", "-o", "Dpkg::Use-Pty=0", *step],  # noqa: S607
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise CommandError(f"apt-get {step[0]} failed: {done.stderr.strip()[-500:]}")
