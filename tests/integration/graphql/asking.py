"""Helpers that send a GraphQL document."""

from typing import Any

from rest_framework.test import APIClient


def ask(client: APIClient, query: str, **variables: Any) -> dict[str, Any]:
    """Return the body of the response to a valid document."""
    response = client.post("/graphql", {"query": query, "variables": variables})
    assert response.status_code == 200, response.content
    body: dict[str, Any] = response.json()
    return body


def data(client: APIClient, query: str, **variables: Any) -> dict[str, Any]:
    """Return the data of a response without errors."""
    body = ask(client, query, **variables)
    assert "errors" not in body, body
    found: dict[str, Any] = body["data"]
    return found


def error(client: APIClient, query: str, **variables: Any) -> dict[str, Any]:
    """Return the extensions of the only error."""
    (refusal,) = ask(client, query, **variables)["errors"]
    extensions: dict[str, Any] = refusal["extensions"]
    return extensions
