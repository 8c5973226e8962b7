"""A request to an operation of the REST API."""

from dataclasses import dataclass
from typing import Any

from rest_framework.test import APIClient

from contexts.identity.models import User
from tests.factories.identity import access_token


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One request; by a stranger where `caller` is None."""

    path: str
    body: Any = None
    caller: User | None = None

    def client(self) -> APIClient:
        client = APIClient()
        if self.caller is not None:
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(self.caller)}")
        return client

    def send(self, client: APIClient, method: str) -> Any:
        return getattr(client, method)(f"/api/v1/{self.path}", self.body, format="json")
