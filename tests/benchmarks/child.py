"""One section of the benchmarks in a process of its own.

`child.py <section> <descriptor>` writes each row to the descriptor as a line of JSON.
"""

import os
import sys
from dataclasses import asdict
from datetime import timedelta

import django
import orjson


def main(section: str, descriptor: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    django.setup()
    from busuu.starting import settle
    from contexts.shared.kernel import clock
    from tests.benchmarks.sections import SECTIONS

    # In development each reading of the clock looks for a file; a real one never moves.
    clock.install_offset(timedelta)
    settle()
    with os.fdopen(int(descriptor), "wb", buffering=0) as rows:
        for row in SECTIONS[section]():
            rows.write(orjson.dumps(asdict(row), option=orjson.OPT_APPEND_NEWLINE))


if __name__ == "__main__":
    main(*sys.argv[1:])
