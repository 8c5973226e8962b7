"""`make bench-engines`: the part of the benchmarks that needs real engines and many rows.

Parts: endpoints, dispatch, backlog, goals; all of them by default. LEARNERS are the sizes, with
spaces between. The databases of the endpoints stay for the next run; --drop makes them anew.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator

from tests.benchmarks import engines
from tests.benchmarks.load import crowds
from tests.benchmarks.sectioning import section
from tests.benchmarks.table import Row, show

_MEMORY = "memory://localhost"
PARTS = ("endpoints", "dispatch", "backlog", "goals")
_SIZES = "1000 100000 1000000"


def main() -> int:
    options, began = _options(), time.monotonic()
    servers = engines.servers()
    if "POSTGRESQL_URL" not in servers:
        print(
            "PostgreSQL is missing: python3 docker/engines up, or POSTGRESQL_URL", file=sys.stderr
        )
        return 2
    print("Lower is slower: every ratio is how many times as fast as the other side we are.\n")
    rows = [row for part in options.parts or PARTS for row in _part(part, servers, options)]
    missed = [row.work for row in rows if row.verdict == "MISSED"]
    print(f"{time.monotonic() - began:.0f} s; musts missed: {', '.join(missed) or 'none'}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-engines", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="part")
    parser.add_argument("--drop", action="store_true", help="delete earlier databases first")
    return parser.parse_args()


def _part(part: str, servers: dict[str, str], options: argparse.Namespace) -> list[Row]:
    tables = _tables(part, servers, drop=options.drop)
    return [row for title, rows in tables for row in show(f"PostgreSQL, {title}", rows)]


def _tables(
    part: str, servers: dict[str, str], *, drop: bool
) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the title and the rows of each table."""
    server = servers["POSTGRESQL_URL"]
    if part == "endpoints":
        yield part, _endpoints(server, drop=drop)
        return
    brokers = [servers[name] for name in ("RABBITMQ_URL", "REDIS_URL") if name in servers]
    brokers = brokers or [_MEMORY]
    with engines.postgresql(server) as url:
        if part == "goals":
            yield part, section("requests", url, _MEMORY)
        elif part == "dispatch":
            for broker in brokers:
                yield f"{part} by {broker.partition(':')[0]}", section("load-dispatch", url, broker)
        else:
            # The last broker is the fastest; it hides least of the time that the database takes.
            yield part, _backlog(server, url, brokers[-1])


def _backlog(server: str, url: str, broker: str) -> Iterator[Row]:
    with engines.postgresql(server, "few") as few:
        yield from section("load-backlog", url, broker, BENCHMARK_DATABASES=f"few={few}")


def _endpoints(server: str, *, drop: bool) -> Iterator[Row]:
    sizes = [int(size) for size in os.environ.get("LEARNERS", _SIZES).replace(",", " ").split()]
    if drop:
        for size in sizes:
            crowds.dropped(server, size)
    urls = {size: crowds.prepared(server, size) for size in sorted(sizes)}
    databases = " ".join(f"n{size}={url}" for size, url in urls.items())
    first = next(iter(urls.values()))
    return section("load-endpoints", first, _MEMORY, BENCHMARK_DATABASES=databases)


if __name__ == "__main__":
    sys.exit(main())
