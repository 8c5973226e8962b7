"""One section of the benchmarks in a process of its own: `child.py <section> <file of rows>`."""

import os
import sys
from dataclasses import asdict
from pathlib import Path

import django
import orjson


def main(section: str, target: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    django.setup()
    from busuu.starting import settle
    from tests.benchmarks.sections import SECTIONS

    settle()
    rows = SECTIONS[section]()
    Path(target).write_bytes(orjson.dumps([asdict(row) for row in rows]))


if __name__ == "__main__":
    main(*sys.argv[1:])
