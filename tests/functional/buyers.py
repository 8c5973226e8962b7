"""A buyer over HTTP, and the webhooks of a page."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from rest_framework.test import APIClient

from tests.factories.billing import (
    GOOD_CARD,
)

User = get_user_model()


WEBHOOKS = "/api/v1/billing/webhooks/sandbox"


class Buyer:
    """A client of the API, and the same person at the provider's page."""

    def __init__(self, client: APIClient) -> None:
        self.api = client
        self.browser = Client(enforce_csrf_checks=True)

    def get(self, path: str) -> Any:
        return self.api.get(f"/api/v1/billing/{path}").json()

    def buy(self, product: str, **more: Any) -> Any:
        answer = self.api.post(
            "/api/v1/billing/checkouts",
            {"product": product, **more},
            headers={"Idempotency-Key": f"buy-{product}"},
        )
        assert answer.status_code == 201, answer.content
        return answer.json()

    def pay(self, url: str, card: str = GOOD_CARD, **more: str) -> int:
        path = url.removeprefix("http://127.0.0.1:8000")
        return self.send(path, path, card=card, hold="1", **more).status_code

    def send(self, path: str, target: str, **form: str) -> Any:
        """Fill in a form of a page and send it to its target."""
        page = self.browser.get(path).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        return self.browser.post(target, {"csrfmiddlewaretoken": token[1], **form})

    def ask(self, document: str, **variables: Any) -> Any:
        answer = self.api.post("/graphql", {"query": document, "variables": variables})
        return answer.json()

    def deliver_all(self, url: str, deliver: Callable[[], int]) -> None:
        """Send the webhooks of a page, and let us act on them."""
        for event in self.events(url):
            send(event)
        deliver()

    def events(self, url: str) -> list[dict[str, Any]]:
        path = url.removeprefix("http://127.0.0.1:8000")
        events: list[dict[str, Any]] = self.browser.get(f"{path}/events").json()["events"]
        return events


def send(event: dict[str, Any]) -> int:
    answer = Client().post(
        WEBHOOKS,
        data=event["body"].encode(),
        content_type="application/json",
        headers={event["header"]: event["signature"]},
    )
    return int(answer.status_code)
