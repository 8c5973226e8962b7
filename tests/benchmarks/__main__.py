"""`make bench`: every benchmark on every engine that is there, one table each."""

import sys
import time

from tests.benchmarks import engines
from tests.benchmarks.sectioning import section
from tests.benchmarks.table import Row, render

_MEMORY = "memory://localhost"


def main() -> int:
    began, found = time.monotonic(), engines.servers()
    print("Lower is slower: every ratio is how many times as fast as the other side we are.\n")
    with engines.sqlite() as url:
        rows = _measured(url, [_MEMORY])
    print(render("SQLite", rows))
    if server := found.get("POSTGRESQL_URL"):
        brokers = [found[name] for name in ("RABBITMQ_URL", "REDIS_URL") if name in found]
        with engines.postgresql(server) as url:
            more = _measured(url, brokers or [_MEMORY])
        print(render("PostgreSQL", more))
        rows += more
    else:
        print("PostgreSQL: SKIPPED. Run python3 docker/engines up, or set POSTGRESQL_URL.\n")
    missed = [row.work for row in rows if row.verdict == "MISSED"]
    print(f"{time.monotonic() - began:.0f} s; musts missed: {', '.join(missed) or 'none'}")
    return 0


def _measured(database: str, brokers: list[str]) -> list[Row]:
    rows = section("requests", database, _MEMORY)
    return rows + [row for broker in brokers for row in section("dispatch", database, broker)]


if __name__ == "__main__":
    sys.exit(main())
