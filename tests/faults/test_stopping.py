"""One Ctrl-C, at whatever moment, ends everything."""

import time
from pathlib import Path

import pytest

from tests.faults.server import Server

SECONDS = [0.0, 2.5, 8.0]


class TestCtrlC:
    @pytest.mark.parametrize("after", SECONDS)
    def test_stops_a_server_that_nobody_has_asked_anything(
        self, tmp_path: Path, after: float
    ) -> None:
        server = Server(tmp_path)
        server.launch()
        server.wait_for_line("Ctrl-C stops everything")
        time.sleep(after)

        code = server.interrupt()

        assert code == 0
        assert "Traceback" not in (tmp_path / "server.log").read_text()
        assert not server.is_listening()
