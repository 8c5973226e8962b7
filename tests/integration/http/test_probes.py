"""Probes, metrics and the event log."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from busuu import readiness, starting
from busuu.celery import app
from contexts.identity.models import User
from contexts.shared.database.checks import constraints
from contexts.shared.database.placement.aliases import alias_of
from tests.factories.identity import UserFactory
from tests.integration.http.checks import assert_problem

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]


class TestTheProbes:
    def test_say_that_the_process_answers(self) -> None:
        response = APIClient().get("/healthz")

        assert (response.status_code, response.content) == (200, b"ok")

    def test_say_that_the_process_can_work(self) -> None:
        response = APIClient().get("/readyz")

        assert response.status_code == 200
        assert response.json()["ready"] is True
        assert set(response.json()["checks"].values()) == {"ok"}

    def test_name_what_is_missing(self) -> None:
        app.conf.broker_write_url = "redis://127.0.0.1:1/0"

        response = APIClient().get("/readyz")

        app.conf.broker_write_url = None

        assert response.status_code == 503
        assert response.json()["checks"]["broker"] != "ok"

    def test_check_a_database_that_was_away_at_the_start(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        alias = alias_of("identity")
        monkeypatch.setattr(starting, "unchecked", {alias})
        monkeypatch.setattr(constraints, "_lacks", lambda _: iter(["no constraint"]))

        refused = APIClient().get("/readyz")
        monkeypatch.undo()
        ready = APIClient().get("/readyz")

        assert refused.json()["checks"][f"database:{alias}"] == "SystemCheckError"
        assert (refused.status_code, ready.status_code) == (503, 200)

    def test_do_not_hang_with_a_service_that_does(
        self, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        APIClient().get("/readyz")
        answered = threading.Event()
        settings.READINESS_SECONDS = 0.01
        monkeypatch.setattr(readiness, "_look", lambda: answered.wait(60) and {})

        hanging = APIClient().get("/readyz")

        answered.set()
        assert hanging.status_code == 503
        assert hanging.json()["checks"].pop("look").startswith("no answer within")
        assert set(hanging.json()["checks"].values()) >= {"ok"}

    @pytest.mark.parametrize(
        ("ahead", "state"),
        [(61.2, "61 s ahead of the database"), (-7.0, "7 s behind the database")],
    )
    def test_say_that_clocks_differ_and_stay_ready(
        self, ahead: float, state: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(readiness, "seconds_ahead", lambda using: ahead)

        response = APIClient().get("/readyz")

        assert response.status_code == 200
        assert response.json()["checks"][f"clock:{alias_of('identity')}"] == state

    def test_miss_static_files_that_were_not_collected(self, settings: Any, tmp_path: Path) -> None:
        settings.STATIC_ROOT = tmp_path
        settings.STORAGES = {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        }

        response = APIClient().get("/readyz")

        assert response.status_code == 503
        assert "collectstatic" in response.json()["checks"]["static"]

    def test_count_requests_by_route(self) -> None:
        APIClient().get("/api/v1/courses/klingon")

        shown = APIClient().get("/metrics").content.decode()

        assert (
            'busuu_http_requests_total{method="GET",route="api/v1/courses/<slug:course>",'
            'status="404"}'
        ) in shown
        assert "busuu_deliveries_open" in shown

    @pytest.mark.parametrize("sent", ["", "Bearer wrong", "Bearer "])
    def test_show_numbers_to_who_has_the_token(self, sent: str, settings: Any) -> None:
        settings.DEVELOPMENT = False
        settings.METRICS_TOKEN = "right"
        headers = {"Authorization": sent} if sent else {}

        refused = APIClient().get("/metrics", headers=headers)
        shown = APIClient().get("/metrics", headers={"Authorization": "Bearer right"})

        assert (refused.status_code, shown.status_code) == (403, 200)

    def test_show_nothing_where_there_is_no_token(self, settings: Any) -> None:
        settings.DEVELOPMENT = False
        settings.METRICS_TOKEN = ""

        assert APIClient().get("/metrics", headers={"Authorization": ""}).status_code == 403


class TestTheEventLog:
    URL = "/api/v1/events/01890000-0000-7000-8000-000000000001"

    def test_is_for_staff(self, client_for: ClientFor) -> None:
        assert client_for(UserFactory(roles=("support",))).get(self.URL).status_code == 200

    @pytest.mark.parametrize("roles", [(), ("learner",), ("tutor", "author", "finance")])
    def test_is_for_nobody_else(self, roles: tuple[str, ...], client_for: ClientFor) -> None:
        response = client_for(UserFactory(roles=roles)).get(self.URL)

        assert assert_problem(response, 403) == "permission_denied"
