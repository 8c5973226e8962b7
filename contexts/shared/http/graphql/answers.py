"""Answers in the media type that the client accepts (GraphQL over HTTP).

Clients of GraphQL read errors in GraphQL's shape; others ask for problem details (RFC 9457).
"""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from graphql import ExecutionResult

from contexts.shared.http import problems
from contexts.shared.http.graphql.errors import EXTENSIONS, NotRun, RefusedDocument, formatted

_RESPONSE = "application/graphql-response+json"
_JSON = "application/json"
_KNOWN = (_RESPONSE, _JSON, problems.CONTENT_TYPE)


def accepted(request: HttpRequest) -> str:
    """Return the media type to answer in. JSON unless the client prefers another that we have."""
    best, preference = _JSON, 0.0
    for each in request.headers.get("Accept", "").split(","):
        name, _, parameters = each.strip().partition(";")
        quality = _quality(parameters)
        if name.strip().lower() in _KNOWN and quality > preference:
            best, preference = name.strip().lower(), quality
    return best


def _quality(parameters: str) -> float:
    for each in parameters.split(";"):
        name, _, value = each.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def executed(request: HttpRequest, result: ExecutionResult) -> HttpResponse:
    """Return the answer to a document that ran. Its fields may have failed."""
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [formatted(error) for error in result.errors]
    return _rendered(request, body, status=200)


def refused(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Return the answer to a request that did not run, None if the error is a bug of ours."""
    problem, headers = problems.body_of(error)
    if problem is None:
        return None
    if accepted(request) == problems.CONTENT_TYPE:
        return problems.problem_response(problem, headers=headers)
    # Clients from before the specification read errors of a document only from a 200.
    legacy = accepted(request) == _JSON and isinstance(error, NotRun)
    status = 200 if legacy else problem["status"]
    response = _rendered(request, {"errors": _errors(error, problem)}, status=status)
    for name, value in headers.items():
        response[name] = value
    return response


def _errors(error: Exception, problem: dict[str, Any]) -> list[dict[str, Any]]:
    if isinstance(error, RefusedDocument):
        return error.errors
    extensions = {name: problem[name] for name in EXTENSIONS if name in problem}
    message = getattr(error, "graphql_message", problem["detail"])
    return [{"message": message, "extensions": extensions}]


def _rendered(request: HttpRequest, body: dict[str, Any], *, status: int) -> HttpResponse:
    kind = accepted(request)
    shown = _JSON if kind == problems.CONTENT_TYPE else kind
    return HttpResponse(
        orjson.dumps(body, option=orjson.OPT_UTC_Z),
        status=status,
        content_type=f"{shown}; charset=utf-8",
    )
