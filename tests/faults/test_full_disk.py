"""A database whose disk is full: nothing is lost, and all goes on when there is room again."""

import os
import time
from pathlib import Path

import pytest

from tests.faults import figures
from tests.faults.deployment import deployed
from tests.faults.engines import fill, private, small_disk
from tests.faults.test_pipeline import DATABASES, NOTHING_WRONG, afterwards, needs, under_load
from tests.faults.test_silence import probe

EVENTS = 5_000
MEGABYTES = 700
LEAVE = 300_000
FULL_SECONDS = 15.0

pytestmark = [
    pytest.mark.engines,
    pytest.mark.skipif(
        os.geteuid() != 0, reason="needs root, which may mount a small disk: sudo make test-faults"
    ),
]


class TestAFullDisk:
    @pytest.mark.parametrize(("kind", "broker"), DATABASES)
    def test_loses_nothing_and_costs_no_delivery(
        self, kind: str, broker: str, tmp_path: Path
    ) -> None:
        needs(kind, broker)
        with (
            small_disk(MEGABYTES) as disk,
            private(kind, disk) as database,
            private(broker) as carrier,
            deployed(tmp_path, database=database.url, broker=carrier.url) as made,
        ):
            with under_load(made, events=EVENTS) as load:
                time.sleep(2.0)
                filler = fill(disk, leave=LEAVE)
                probes = probe(made.port, until=time.monotonic() + FULL_SECONDS)
                filler.unlink()
                # PostgreSQL ends itself if it cannot write its log.
                database.revive()
            tally, note = afterwards(made, load)

        assert set(probes["/healthz"]) == {"200"}, probes
        assert probes["/readyz"]["503"] > 0, probes
        assert set(load.answers) <= {"204", "503"}, load.answers
        assert load.answers["503"] > 0
        assert tally | NOTHING_WRONG == tally
        figures.note(
            f"{kind} full for {FULL_SECONDS:.0f} s", tally, f"{note}, {dict(load.answers)}"
        )
