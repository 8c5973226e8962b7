"""The event pipeline under faults: nothing is lost or done twice, poison is set apart."""

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults import databases, figures
from tests.faults.deployment import EMBEDDED, Deployment, deployed
from tests.faults.engines import is_installed, private
from tests.faults.fire.subscribers import ANTIDOTE, CONTEXTS
from tests.faults.load import Load

# By broker: its kind, and the variable that names the database beside it. The broker is the
# test's own: on a shared one, workers of another test run would take what is sent here.
GROUNDS = {
    "rabbitmq": ("RabbitMQ", "POSTGRESQL_URL"),
    "redis": ("Redis", "MARIADB_URL"),
    "embedded": (None, None),
}
# A hundred in all.
KILLS = {"rabbitmq": 34, "redis": 33, "embedded": 33}
# FIRE is a percentage, for a shorter fire.
_SHARE = int(os.environ.get("FIRE", "100")) / 100
EVENTS, IN_OUTAGES, THRONGED, POISONED, SKEWED = (
    round(count * _SHARE) for count in (20_000, 5_000, 2_000, 10_000, 2_000)
)
OUTAGES = 3
BROKERS = [("RabbitMQ", "POSTGRESQL_URL"), ("Redis", "MARIADB_URL")]
DATABASES = [("PostgreSQL", "RabbitMQ"), ("MariaDB", "Redis")]
NOTHING_WRONG = {
    "unkept": 0,
    "missing": 0,
    "doubled": 0,
    "unasked": 0,
    "open": 0,
    "lag": 0.0,
    "dead": 0,
}

pytestmark = pytest.mark.engines


def needs(*kinds: str | None, database: str | None = None) -> None:
    missing = [kind for kind in kinds if kind and not is_installed(kind)]
    if database and not os.environ.get(database):
        missing.append(f"a database at {database}")
    if missing:
        pytest.skip(f"needs {' and '.join(missing)}: make test-faults")


@contextmanager
def _database(name: str | None, folder: Path) -> Iterator[str]:
    if name is None:
        yield f"sqlite:///{folder}/busuu.sqlite3"
    else:
        with databases.made(os.environ[name]) as url:
            yield url


@contextmanager
def _broker(kind: str | None) -> Iterator[str]:
    if kind is None:
        yield EMBEDDED
    else:
        with private(kind) as server:
            yield server.url


@contextmanager
def _deployed(ground: str, folder: Path, **options: int) -> Iterator[Deployment]:
    kind, name = GROUNDS[ground]
    needs(kind, database=name)
    with (
        _broker(kind) as broker,
        _database(name, folder) as database,
        deployed(folder, database=database, broker=broker, **options) as made,
    ):
        yield made


@contextmanager
def under_load(made: Deployment, *, events: int, **options: int) -> Iterator[Load]:
    """Run everything. Clients publish until the block ends and so many events are out."""
    made.start()
    made.wait_until_it_answers()
    with Load(made.port, events=events, **options) as load:
        yield load


def afterwards(made: Deployment, load: Load | None = None) -> tuple[dict[str, Any], str]:
    """Wait until nothing is open. Return the counts and the time."""
    settled = made.settled()
    return made.tally(load.acknowledged if load else None), f"settled after {settled:.0f} s"


class TestKillingProcesses:
    @pytest.mark.parametrize("ground", GROUNDS)
    def test_loses_nothing_and_repeats_nothing(self, ground: str, tmp_path: Path) -> None:
        chance = random.Random(seed := random.randrange(2**32))
        with _deployed(ground, tmp_path) as made:
            with under_load(made, events=EVENTS) as load:
                for _ in range(KILLS[ground]):
                    time.sleep(chance.uniform(0.5, 4.0))
                    _kill_one(made, chance)
            tally, note = afterwards(made, load)

        assert tally["published"] >= len(load.acknowledged) >= EVENTS
        assert tally | NOTHING_WRONG == tally, seed
        figures.note(f"{KILLS[ground]} kills, {ground}", tally, f"{note}, seed {seed}")


def _kill_one(made: Deployment, chance: random.Random) -> None:
    name = chance.choice(list(made.processes))
    process = made.processes[name]
    if name == "worker" and chance.random() < 0.5:
        process.kill_a_child(chance)
        return
    process.kill()
    process.start()


class TestKillingTheBroker:
    @pytest.mark.parametrize(("kind", "database"), BROKERS)
    def test_or_emptying_it_loses_nothing_and_repeats_nothing(
        self, kind: str, database: str, tmp_path: Path
    ) -> None:
        needs(kind, database=database)
        with (
            private(kind) as broker,
            _database(database, tmp_path) as url,
            deployed(tmp_path, database=url, broker=broker.url) as made,
        ):
            with under_load(made, events=IN_OUTAGES) as load:
                for _ in range(OUTAGES):
                    time.sleep(random.uniform(2.0, 5.0))
                    broker.kill()
                    time.sleep(random.uniform(0.0, 3.0))
                    broker.start()
                    time.sleep(random.uniform(2.0, 5.0))
                    made.ask("empty")
            tally, note = afterwards(made, load)

        # Publishers do not notice: they do not use the broker.
        assert set(load.answers) == {"204"}
        assert tally | NOTHING_WRONG == tally
        figures.note(f"{kind} killed and emptied {OUTAGES} times", tally, note)


class TestRestartingTheDatabase:
    @pytest.mark.parametrize(("kind", "broker"), DATABASES)
    def test_under_load_loses_nothing_and_repeats_nothing(
        self, kind: str, broker: str, tmp_path: Path
    ) -> None:
        needs(kind, broker)
        with (
            private(kind) as database,
            _broker(broker) as url,
            deployed(tmp_path, database=database.url, broker=url) as made,
        ):
            with under_load(made, events=IN_OUTAGES) as load:
                for _ in range(OUTAGES):
                    time.sleep(random.uniform(3.0, 6.0))
                    database.kill()
                    time.sleep(random.uniform(0.0, 2.0))
                    database.start()
            tally, note = afterwards(made, load)

        # It cannot answer while it is away or restarting.
        assert set(load.answers) <= {"204", "503"}
        assert tally | NOTHING_WRONG == tally
        what = f"{kind} killed {OUTAGES} times"
        figures.note(what, tally, f"{note}, answers {dict(load.answers)}")


class TestTheSameDelivery:
    @pytest.mark.parametrize("ground", ["rabbitmq", "redis"])
    def test_five_times_at_once_has_one_effect(self, ground: str, tmp_path: Path) -> None:
        with _deployed(ground, tmp_path, workers=2) as made:
            made.ask("throng", THRONGED, 5)
            made.start()
            made.settled()
            # The last copies may still be on their way when the first have closed everything.
            made.ask("drained", 60)
            tally, _ = afterwards(made)

        assert tally | NOTHING_WRONG | {"published": THRONGED} == tally
        figures.note(f"each delivery 5 times, 4 workers, {ground}", tally)


class TestClocksThatDiffer:
    @pytest.mark.parametrize("hours", [-1, 1])
    @pytest.mark.parametrize("ground", ["rabbitmq", "redis"])
    def test_lose_and_delay_nothing(self, ground: str, hours: int, tmp_path: Path) -> None:
        with _deployed(ground, tmp_path, skew=hours * 3600) as made:
            with under_load(made, events=SKEWED) as load:
                pass
            tally, note = afterwards(made, load)

        assert set(load.answers) == {"204"}
        assert tally | NOTHING_WRONG == tally
        figures.note(f"workers {hours:+d} h, {ground}", tally, note)


class TestPoison:
    @pytest.mark.parametrize("ground", GROUNDS)
    def test_dies_alone_and_is_redriven(self, ground: str, tmp_path: Path) -> None:
        count, poison = POISONED, POISONED // 100
        with _deployed(ground, tmp_path) as made:
            made.ask("light", count, poison)
            made.start()
            settled = made.settled()
            ill = made.tally()
            (tmp_path / ANTIDOTE).touch()
            output = made.manage("events", "redrive")
            tally, _ = afterwards(made)

        assert (ill["dead"], ill["explained"], ill["missing"]) == (poison, poison, poison)
        assert ill | NOTHING_WRONG | {"missing": poison, "dead": poison} == ill
        assert str(poison) in output
        assert tally | NOTHING_WRONG | {"published": count} == tally
        rate = count * len(CONTEXTS) / settled
        note = f"{ill['dead']} dead, redriven; settled after {settled:.0f} s, {rate:,.0f}/s"
        figures.note(f"1 % poison, {ground}", tally, note)
