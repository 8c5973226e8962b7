"""Checks of the HTTP layer: the calls to repeat, the rows in every table, and problems."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import connections, router

from busuu import rest
from contexts.shared.database.placement.aliases import all_aliases
from tests.operations import OPERATIONS
from tests.operations.record import Operation

PATHS: dict[str, Any] = rest.described()["paths"]
CALLS = tuple(OPERATIONS.values())
# Probes answer in their own shapes.
API_CALLS = tuple(call for call in CALLS if call.address.startswith(("/api/", "/graphql")))


def parameters(call: Operation) -> list[str]:
    """The parameters of the query that the OpenAPI file names."""
    described = PATHS.get(call.address, {}).get(call.method.lower(), {})
    return [one["name"] for one in described.get("parameters", ()) if one["in"] == "query"]


def each(calls: Iterable[Operation]) -> Any:
    return pytest.mark.parametrize("call", calls, ids=str)


def stored() -> dict[str, int]:
    """The number of rows in every table of the contexts."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("contexts.")]
    counts: dict[str, int] = {}
    for alias in all_aliases():
        here = [model._meta for model in ours if router.db_for_read(model) == alias]
        # One statement for all tables: tests call this twice.
        quoted = [connections[alias].ops.quote_name(meta.db_table) for meta in here]
        counts_sql = ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in quoted)
        with connections[alias].cursor() as cursor:
            cursor.execute(f"SELECT {counts_sql}")
            counts |= dict(zip([meta.label for meta in here], cursor.fetchone(), strict=True))
    return counts


def assert_problem(response: Any, *statuses: int) -> str:
    """The code of a problem. Its status must be one of `statuses`, or any 4xx if none is named."""
    assert response.status_code in (statuses or range(400, 500)), response.content[:500]
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert (body["status"], body["type"]) == (response.status_code, "about:blank")
    assert body["code"].replace("_", "").isalnum()
    assert body["detail"]
    assert response["X-Request-ID"] == body["request_id"]
    code: str = body["code"]
    return code
