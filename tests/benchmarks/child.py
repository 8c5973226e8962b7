"""One section of the benchmarks in a process of its own: `child.py <section> <file of rows>`."""

import os
import sys
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import django
import orjson


def main(section: str, target: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    django.setup()
    from busuu.starting import settle
    from contexts.shared.kernel import clock
    from tests.benchmarks.sections import SECTIONS

    # In development each reading of the clock looks for a file; nobody moves a real one.
    clock.install_offset(timedelta)
    settle()
    rows = SECTIONS[section]()
    Path(target).write_bytes(orjson.dumps([asdict(row) for row in rows]))


if __name__ == "__main__":
    main(*sys.argv[1:])
