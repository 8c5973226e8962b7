"""Time zone rules come from the locked package, whatever files the host has."""

import tomllib
import zoneinfo
from importlib import resources
from pathlib import Path

import pytest

from busuu import zones
from tests.integration.ops.deployed import python

ROOT = Path(__file__).parents[3]
OLD_HOST = (
    "import busuu; from datetime import datetime; from zoneinfo import ZoneInfo;"
    "print(datetime(2026, 12, 1, 9, tzinfo=ZoneInfo('America/Vancouver')).utcoffset())"
)


class TestZoneRules:
    def test_are_not_read_from_the_host(self, tmp_path: Path) -> None:
        # A host whose Vancouver is Tokyo shows which files are read.
        (tmp_path / "America").mkdir()
        tokyo = resources.files("tzdata") / "zoneinfo/Asia/Tokyo"
        (tmp_path / "America/Vancouver").write_bytes(tokyo.read_bytes())

        started = python("-c", OLD_HOST, PYTHONTZPATH=str(tmp_path))

        assert started.stdout == "-1 day, 17:00:00\n", started.stderr

    def test_pass_the_check(self) -> None:
        assert zones.check_zone_rules() == []


class TestTheCheck:
    def test_refuses_rules_of_the_host(self, tmp_path: Path) -> None:
        zoneinfo.reset_tzpath(to=[str(tmp_path)])
        try:
            (error,) = zones.check_zone_rules()
        finally:
            zones.use_locked_rules()

        assert error.id == "busuu.E022"

    def test_refuses_rules_that_are_too_old(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zones, "OLDEST", (2099, 1))

        (error,) = zones.check_zone_rules()

        assert error.id == "busuu.E023"
        assert "older than 2099.1" in error.msg

    def test_asks_for_the_release_that_the_project_asks_for(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        (floor,) = [one for one in project["dependencies"] if one.startswith("tzdata")]

        assert floor == "tzdata>=" + ".".join(map(str, zones.OLDEST))
