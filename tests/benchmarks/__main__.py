"""`make bench`: every benchmark on every engine that answers, one table each."""

import sys
import time
from collections.abc import Iterator

from tests.benchmarks import engines
from tests.benchmarks.sectioning import section
from tests.benchmarks.table import Row, show

_MEMORY = "memory://localhost"


def main() -> int:
    began, servers = time.monotonic(), engines.servers()
    print("Lower is slower: every ratio is how many times as fast as the other side we are.\n")
    with engines.sqlite() as url:
        rows = show("SQLite", _measure(url, [_MEMORY]))
    if server := servers.get("POSTGRESQL_URL"):
        brokers = [servers[name] for name in ("RABBITMQ_URL", "REDIS_URL") if name in servers]
        with engines.postgresql(server) as url:
            rows += show("PostgreSQL", _measure(url, brokers or [_MEMORY]))
    else:
        print("PostgreSQL: SKIPPED. Run python3 docker/engines up, or set POSTGRESQL_URL.\n")
    missed = [row.work for row in rows if row.verdict == "MISSED"]
    print(f"{time.monotonic() - began:.0f} s; musts missed: {', '.join(missed) or 'none'}")
    return 0


def _measure(database: str, brokers: list[str]) -> Iterator[Row]:
    yield from section("requests", database, _MEMORY)
    for broker in brokers:
        yield from section("dispatch", database, broker)


if __name__ == "__main__":
    sys.exit(main())
