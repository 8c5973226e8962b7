"""Short ways to ask."""

from typing import Any

from rest_framework.test import APIClient


def ask(client: APIClient, query: str, **variables: Any) -> dict[str, Any]:
    """The body of an answer to what can be run."""
    response = client.post("/graphql", {"query": query, "variables": variables})
    assert response.status_code == 200, response.content
    body: dict[str, Any] = response.json()
    return body


def data(client: APIClient, query: str, **variables: Any) -> dict[str, Any]:
    """The data of an answer without errors."""
    body = ask(client, query, **variables)
    assert "errors" not in body, body
    found: dict[str, Any] = body["data"]
    return found


def error(client: APIClient, query: str, **variables: Any) -> dict[str, Any]:
    """The extensions of the only error."""
    (told,) = ask(client, query, **variables)["errors"]
    extensions: dict[str, Any] = told["extensions"]
    return extensions


def camel(name: str) -> str:
    """`begin_checkout` as GraphQL spells it."""
    head, *tail = name.split("_")
    return head + "".join(part.title() for part in tail)
