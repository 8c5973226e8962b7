"""Alerts and dashboard name metrics that exist, and every alert of the documentation has a rule."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from prometheus_client import REGISTRY
from ruamel.yaml import YAML

import busuu.urls  # noqa: F401 - metrics register when their modules are imported
from busuu import serving  # noqa: F401
from busuu.version import VERSION
from contexts.community.web import streams  # noqa: F401

ROOT = Path(__file__).parents[2]
MONITORING = ROOT / "docker/monitoring"
RULES = YAML(typ="safe").load((MONITORING / "alerts.yml").read_text())["groups"][0]["rules"]
DASHBOARD = json.loads((MONITORING / "dashboard.json").read_text())
EXPRESSIONS = [rule["expr"] for rule in RULES] + [
    target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]
]
# Read at a scrape, from the databases.
COLLECTED = {
    *(f"busuu_deliveries_{what}" for what in ("open", "dead", "lag_seconds")),
    *(f"busuu_stream_{what}" for what in ("open", "dead", "lag_seconds")),
    *(f"busuu_mail_{what}" for what in ("waiting", "failed", "lag_seconds")),
}


def _published() -> set[str]:
    names = set(COLLECTED)
    for metric in REGISTRY._names_to_collectors:
        names.add(metric)
    return names


def _named(expression: str) -> set[str]:
    return set(re.findall(r"busuu_\w+", expression))


class TestMonitoring:
    @pytest.mark.parametrize("expression", EXPRESSIONS)
    def test_names_metrics_that_are_published(self, expression: str) -> None:
        published = _published()

        assert _named(expression)
        assert {name for name in _named(expression) if name not in published} == set()

    @pytest.mark.django_db
    def test_knows_what_is_read_at_a_scrape(self) -> None:
        found = {metric.name for metric in REGISTRY.collect() if metric.name.startswith("busuu_")}

        assert found >= COLLECTED

    def test_shows_every_metric_of_the_documentation(self) -> None:
        text = (ROOT / "docs/operations.md").read_text()
        documented = set(re.findall(r"^\| `(busuu_\w+)`", text, re.MULTILINE))
        shown = {name for expression in EXPRESSIONS for name in _named(expression)}

        missing = {name for name in documented if not any(one.startswith(name) for one in shown)}
        # A mean that is watched when something is slow.
        assert missing == {"busuu_http_request_statements"}


class TestTheVersion:
    def test_is_said_once(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        compose = (ROOT / "docker/compose.yml").read_text()
        newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

        assert newest is not None
        assert (project["version"], newest[1]) == (VERSION, VERSION)
        assert f"image: busuu-open:{VERSION}" in compose
