"""GraphQL errors as clients see them, without internal details."""

from typing import Any

import structlog
from graphql import GraphQLError
from rest_framework.exceptions import ParseError

from contexts.shared.http import problems

log = structlog.get_logger("busuu.graphql")

_SERVER_ERROR = {"code": "server_error", "status": 500}
EXTENSIONS = ("code", "status", "params", "errors")


class NotRun(ParseError):
    """A document that is well-formed JSON and cannot run."""


class RefusedDocument(NotRun):
    """The document is not valid. `errors` holds GraphQL's own messages."""

    default_code = "graphql_invalid"
    default_detail = "This document cannot be run."

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors[0].message if errors else None)
        self.errors = [_refused(error) for error in errors]


class BeyondLimits(NotRun):
    default_code = "graphql_limit"


class IntrospectionOff(NotRun):
    default_code = "graphql_introspection_off"
    default_detail = "This server does not describe itself; see docs/schema.graphql."


def _refused(error: GraphQLError) -> dict[str, Any]:
    return {**error.formatted, "extensions": {"code": RefusedDocument.default_code, "status": 400}}


def formatted(error: GraphQLError) -> dict[str, Any]:
    """Return a field's error for the client. Logs an unknown error and shows only its code."""
    cause = error.original_error
    body = problems.body_of(cause)[0] if cause else None
    if body is None:
        log.error("graphql_field_failed", path=error.path, exc_info=cause or error)
        return _shaped(error, "Something went wrong on our side. Try again later.", _SERVER_ERROR)
    extensions = {name: body[name] for name in EXTENSIONS if name in body}
    return _shaped(error, body["detail"], extensions)


def _shaped(error: GraphQLError, message: str, extensions: dict[str, Any]) -> dict[str, Any]:
    return {**error.formatted, "message": message, "extensions": extensions}
