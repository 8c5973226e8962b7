"""`make bench-engines`: the part of the benchmarks that wants real engines and many rows.

Parts: endpoints, dispatch, backlog, goals; all of them unless named. LEARNERS are the sizes, by
blanks. The databases of the endpoints stay for the next run; --drop makes them anew.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator

from tests.benchmarks import engines
from tests.benchmarks.load import crowds
from tests.benchmarks.sectioning import section
from tests.benchmarks.table import Row, render

_MEMORY = "memory://localhost"
PARTS = ("endpoints", "dispatch", "backlog", "goals")
_SIZES = "1000 100000 1000000"


def main() -> int:
    asked, began = _asked(), time.monotonic()
    found = engines.servers()
    if "POSTGRESQL_URL" not in found:
        print(
            "PostgreSQL is missing: python3 docker/engines up, or POSTGRESQL_URL", file=sys.stderr
        )
        return 2
    print("Lower is slower: every ratio is how many times as fast as the other side we are.\n")
    rows = [row for part in asked.parts or PARTS for row in _part(part, found, asked.drop)]
    missed = [row.work for row in rows if row.verdict == "MISSED"]
    print(f"{time.monotonic() - began:.0f} s; musts missed: {', '.join(missed) or 'none'}")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-engines", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="part")
    parser.add_argument("--drop", action="store_true", help="forget the kept databases first")
    return parser.parse_args()


def _part(part: str, found: dict[str, str], drop: bool) -> list[Row]:
    rows: list[Row] = []
    for title, measured in _measured(part, found, drop):
        print(render(f"PostgreSQL, {title}", measured), flush=True)
        rows += measured
    return rows


def _measured(part: str, found: dict[str, str], drop: bool) -> Iterator[tuple[str, list[Row]]]:
    """A table each, with its title."""
    server = found["POSTGRESQL_URL"]
    if part == "endpoints":
        yield part, _endpoints(server, drop=drop)
        return
    brokers = [found[name] for name in ("RABBITMQ_URL", "REDIS_URL") if name in found] or [_MEMORY]
    with engines.postgresql(server) as url:
        if part == "goals":
            yield part, section("requests", url, _MEMORY)
        elif part == "dispatch":
            for broker in brokers:
                yield f"{part} by {broker.partition(':')[0]}", section("load-dispatch", url, broker)
        else:
            # The last is the fastest, and hides least of what the database takes.
            yield part, _backlog(server, url, brokers[-1])


def _backlog(server: str, url: str, broker: str) -> list[Row]:
    with engines.postgresql(server, "few") as few:
        return section("load-backlog", url, broker, BENCHMARK_DATABASES=f"few={few}")


def _endpoints(server: str, *, drop: bool) -> list[Row]:
    sizes = [int(size) for size in os.environ.get("LEARNERS", _SIZES).replace(",", " ").split()]
    if drop:
        for size in sizes:
            crowds.dropped(server, size)
    urls = {size: crowds.prepared(server, size) for size in sorted(sizes)}
    given = " ".join(f"n{size}={url}" for size, url in urls.items())
    first = next(iter(urls.values()))
    return section("load-endpoints", first, _MEMORY, BENCHMARK_DATABASES=given)


if __name__ == "__main__":
    sys.exit(main())
