"""Restoring a dump, and a point in time: what was acknowledged is there, erasures stay done."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults import figures
from tests.faults.backups import Backups, MariaDB, PostgreSQL
from tests.faults.deployment import Deployment, deployed
from tests.faults.engines import private
from tests.faults.test_pipeline import DATABASES, NOTHING_WRONG, needs

KINDS: dict[str, Callable[..., Backups]] = {"PostgreSQL": PostgreSQL, "MariaDB": MariaDB}
EVENTS = 300
MADE = """
import json
from contexts.identity import api
from contexts.shared.kernel import new_id, now
def make(n):
    return api.create_person(user_id=new_id(), email=f"canary-{{n}}@example.org",
        password="correct horse battery", display_name=f"Canary {{n}}", now=now())
print(json.dumps([str(make(n)) for n in range({count})]))
"""

pytestmark = pytest.mark.engines


@contextmanager
def _deployment(kind: str, broker: str, folder: Path) -> Iterator[tuple[Deployment, Backups]]:
    needs(kind, broker)
    kept = folder / "kept"
    kept.mkdir()
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    with private(kind) as server, private(broker) as carrier:
        backups = KINDS[kind](server, kept)
        backups.archive()
        with deployed(folder, database=server.url, broker=carrier.url) as made:
            yield made, backups


def _people(made: Deployment, count: int) -> list[str]:
    output = made.manage("shell", "-v", "0", "-c", MADE.format(count=count))
    ids: list[str] = json.loads(output.splitlines()[-1])
    return ids


def _checked(made: Deployment, events: int) -> dict[str, int]:
    """Check the books, deliver what is open, and return the counts."""
    made.manage("migrate_all")
    made.manage("rebuild_people")
    made.manage("ledger", "check")
    made.start()
    made.settled()
    tally = made.tally()
    assert tally | NOTHING_WRONG | {"published": events} == tally
    return tally


@pytest.mark.parametrize(("kind", "broker"), DATABASES)
class TestRestoring:
    def test_a_dump_brings_back_nobody_who_was_erased_since(
        self, kind: str, broker: str, tmp_path: Path
    ) -> None:
        with _deployment(kind, broker, tmp_path) as (made, backups):
            erased, stays = _people(made, 2)
            made.manage("course", "load")
            made.manage("prices", "load")
            made.manage("fabricate", "--learners", "20")
            made.ask("light", EVENTS, 0)
            dump = backups.dump()
            made.manage("person", "erase", erased, "--yes")
            (tmp_path / "erasures").write_text(made.manage("person", "erasures"))

            backups.restore(dump)
            back = "Canary 0" in backups.dump().read_text()
            made.manage("person", "erase-again", str(tmp_path / "erasures"))
            tally = _checked(made, EVENTS)
            after = backups.dump().read_text()

        assert back, "the dump was taken before the erasure"
        assert ("Canary 0" in after, "canary-0@example.org" in after) == (False, False)
        assert "Canary 1" in after
        assert stays in after
        figures.note(f"{kind} restored from a dump", tally)

    def test_a_point_in_time_keeps_what_was_there_and_not_what_came_later(
        self, kind: str, broker: str, tmp_path: Path
    ) -> None:
        with _deployment(kind, broker, tmp_path) as (made, backups):
            backups.copy()
            _people(made, 2)
            made.ask("light", EVENTS, 0)
            time.sleep(2.0)
            moment = backups.execute(backups.clock)
            time.sleep(2.0)
            made.ask("light", EVENTS, 0)
            backups.execute("DELETE FROM identity_user_groups")

            backups.restore_until(moment)
            groups = int(backups.execute("SELECT COUNT(*) FROM identity_user_groups"))
            tally = _checked(made, EVENTS)

        assert groups == 2
        figures.note(f"{kind} restored to a point in time", tally)
