"""One Ctrl-C at any moment ends everything."""

import time
from pathlib import Path

import pytest

from tests.faults.server import Server

BANNER = "Ctrl-C stops everything"
STEPS = ["migrating the database", "loading the courses and prices"]
SECONDS = [0.0, 0.7, 2.5, 8.0]


class TestCtrlC:
    @pytest.mark.parametrize("after", SECONDS)
    def test_stops_a_server_that_nobody_has_asked_anything(
        self, tmp_path: Path, after: float
    ) -> None:
        server = Server(tmp_path)
        server.launch()
        server.wait_for_line(BANNER)
        time.sleep(after)

        code = server.interrupt()

        assert code == 0
        assert "Traceback" not in (tmp_path / "server.log").read_text()
        assert not server.is_listening()

    @pytest.mark.parametrize("step", STEPS)
    def test_stops_what_is_still_being_set_up_and_the_next_run_goes_on(
        self, tmp_path: Path, step: str
    ) -> None:
        server = Server(tmp_path)
        server.launch()
        server.wait_for_line(step)
        time.sleep(0.3)

        code = server.interrupt()
        said = (tmp_path / "server.log").read_text()
        server.launch()
        server.wait_for_line(BANNER)
        again = server.interrupt()

        assert (code, again) == (130, 0)
        assert said.splitlines()[-1].endswith("stopped while setting up; run it again to go on")
        assert BANNER not in said
        assert "Traceback" not in (tmp_path / "server.log").read_text()
