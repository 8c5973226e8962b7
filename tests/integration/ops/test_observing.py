"""A request leaves metrics by route, and log lines without names."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import structlog
from django.db import OperationalError, connections
from prometheus_client import REGISTRY
from rest_framework.test import APIClient

from contexts.identity.models import User
from contexts.shared.database.placement.aliases import all_aliases
from tests.factories.identity import UserFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], APIClient]
ROOT = Path(__file__).resolve().parents[3]
ROUTE = {"method": "GET", "route": "api/v1/me"}


def _value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, {**ROUTE, **labels}) or 0.0


class TestARequest:
    def test_is_counted_by_route_and_status_with_its_statements(
        self, client_for: ClientFor
    ) -> None:
        client = client_for(UserFactory())
        counted = _value("busuu_http_requests_total", status="200")
        statements = _value("busuu_http_request_statements_sum")
        timed = _value("busuu_http_request_seconds_count")

        client.get("/api/v1/me")

        assert _value("busuu_http_requests_total", status="200") == counted + 1
        assert _value("busuu_http_request_seconds_count") == timed + 1
        # Whether the session is good, and the two of the statement budget.
        assert _value("busuu_http_request_statements_sum") == statements + 3

    def test_by_a_method_of_the_clients_own_adds_no_name(self, client: APIClient) -> None:
        for method in ("WHATEVER", "ELSE"):
            client.generic(method, "/api/v1/me")

        output = client.get("/metrics").content.decode()

        assert 'method="other",route="api/v1/me"' in output
        assert "WHATEVER" not in output
        assert "ELSE" not in output

    def test_is_logged_with_its_id_and_a_pseudonym(self, client_for: ClientFor) -> None:
        user = UserFactory()
        client = client_for(user)

        client.get("/api/v1/me", headers={"X-Request-ID": "given-by-the-proxy"})
        first = structlog.contextvars.get_contextvars()
        client.get("/api/v1/me")
        second = structlog.contextvars.get_contextvars()
        client_for(UserFactory()).get("/api/v1/me")
        other = structlog.contextvars.get_contextvars()

        assert first["request_id"] == "given-by-the-proxy" != second["request_id"]
        assert first["user"] == second["user"] != other["user"]
        assert str(user.pk)[:8] not in first["user"]
        assert len(first["user"]) == 16

    def test_of_a_stranger_is_logged_as_nobodys(self, client: APIClient) -> None:
        client.get("/api/v1/courses")

        assert "user" not in structlog.contextvars.get_contextvars()


class TestTheMetrics:
    def test_tell_what_they_know_while_a_database_is_away(self, client: APIClient) -> None:
        with ExitStack() as away:
            for alias in all_aliases():
                away.enter_context(connections[alias].execute_wrapper(_gone))

            answer = client.get("/metrics")

        output = answer.content.decode()
        assert answer.status_code == 200
        assert "# HELP busuu_http_requests_total" in output
        assert "busuu_deliveries_open{" not in output

    def test_are_those_of_one_process_where_no_folder_is_named(self, tmp_path: Path) -> None:
        asked = "import django; django.setup(); from busuu.probes import registry; registry()"
        environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": "", "PYTHONPATH": str(ROOT)}

        result = subprocess.run(
            [sys.executable, "-c", asked],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

        assert result.returncode == 0, result.stderr
        assert list(tmp_path.iterdir()) == []


def _gone(*_: Any) -> None:
    raise OperationalError("the server is away")
