"""People fetch all data about themselves."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from rest_framework.test import APIClient

from contexts.identity import api as identity
from contexts.shared.kernel import now
from contexts.shared.mailing.sending import send_due
from tests.factories.community import MemberFactory, corrected, opened_text
from tests.factories.identity import UserFactory

pytestmark = pytest.mark.django_db

User = get_user_model()
ClientFor = Callable[[User], APIClient]
Deliver = Callable[[], int]
URL = "/api/v1/me/export"


def _parts(archive: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: json.loads(opened.read(name)) for name in opened.namelist()}


def _link() -> str:
    send_due()
    found = re.search(r"(/account/export/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


class TestExporting:
    def test_gives_all_data_with_the_corrections_that_were_received(
        self, client_for: ClientFor, deliver: Deliver
    ) -> None:
        person = UserFactory(email="ana@example.org")
        MemberFactory(id=person.pk)
        corrected(opened_text(person.pk), comment="Well done.")
        client = client_for(person)

        asked = client.post(URL)
        pending = client.get(URL).json()
        deliver()
        ready = client.get(URL).json()
        downloaded = Client().get(_link())

        parts = _parts(downloaded.content)
        assert (asked.status_code, pending["url"], pending["ready_at"]) == (202, "", None)
        assert ready["url"].endswith(_link())
        assert set(parts) == {
            f"{context}.json"
            for context in ("identity", "courses", "community", "tutoring", "billing")
        }
        assert parts["identity.json"]["email"] == "ana@example.org"
        [received] = parts["community.json"]["corrections_received"]
        assert received["comment"] == "Well done."
        assert downloaded["Cache-Control"] == "no-store"
        assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
            ["ana@example.org"],
            "Your data is ready",
        )

    def test_twice_a_day_gives_the_same(self, client_for: ClientFor, deliver: Deliver) -> None:
        client = client_for(UserFactory())

        first = client.post(URL).json()["requested_at"]
        deliver()
        second = client.post(URL).json()["requested_at"]
        deliver()

        send_due()
        assert first == second
        assert len(mail.outbox) == 1

    def test_ends_after_a_week(self, client_for: ClientFor, deliver: Deliver) -> None:
        client_for(UserFactory()).post(URL)
        deliver()
        link = _link()

        with time_machine.travel(now() + timedelta(days=7, minutes=1)):
            late = Client().get(link)
            identity.purge_exports(now=now())

        assert late.status_code == 404
        assert Client().get(link).status_code == 404

    @pytest.mark.parametrize("token", ["none", "a" * 500, "x:y:z"])
    def test_refuses_links_that_nobody_mailed(self, token: str) -> None:
        assert Client().get(f"/account/export/{token}").status_code == 404

    def test_can_be_asked_for_on_the_account_page(self, deliver: Deliver) -> None:
        person, browser = UserFactory(), Client()
        browser.force_login(person)

        answer = browser.post("/account/export")
        waiting = browser.get("/account/").content.decode()
        deliver()
        ready = browser.get("/account/").content.decode()

        assert answer.status_code == 302
        assert "being collected" in waiting
        assert "/account/export/" in ready
