"""The parts of the OpenAPI description that are read from a view and its refusals."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework import exceptions, permissions

from contexts.shared.http.authentication import InvalidToken
from contexts.shared.http.errors import BadRequest, BodyTooLarge
from contexts.shared.http.paging import InvalidCursor, InvalidPageSize
from contexts.shared.http.parsers import MalformedJson
from contexts.shared.http.refusals import Refusal, codes_by_status, refusals_of
from contexts.shared.http.unknown import UnknownField, UnknownParameter

PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable, for programs."},
        "detail": {"type": "string", "description": "For people."},
        "params": {"type": "object", "description": "The values in `detail`."},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer (RFC 6901)."},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
_PROBLEM_CONTENT = {
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
}
_IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"},
    "description": "Requests with one key have one effect and one answer, for two days.",
}


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "contexts.shared.http.authentication.ActorAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class InvalidRequest(exceptions.ValidationError):
    default_code = "invalid_request"


class NotFoundHere(exceptions.NotFound):
    """The router's refusal if no route matches the address."""


class ProblemAutoSchema(AutoSchema):
    view: Any

    def get_operation_id(self) -> str:
        return str(self.view.operations[self.method])

    def get_tags(self) -> list[str]:
        module: list[str] = type(self.view).__module__.split(".")
        return [module[1] if module[0] == "contexts" else "operations"]

    def get_summary(self) -> str:
        return str(super().get_description()).partition("\n")[0].rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]
        return str(super().get_description()).strip()

    def _is_list_view(self, serializer: Any = None) -> bool:
        return bool(self.view.is_list) and self.method == "GET"

    def _get_parameters(self) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super()._get_parameters()
        return [*parameters, _IDEMPOTENCY_KEY] if self._takes_key() else parameters

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status, codes in codes_by_status(self._refusals()).items():
            bodies[str(status)] = _problem_response(status, codes)
        return dict(sorted(bodies.items()))

    def get_override_parameters(self) -> list[Any]:
        own = self.view.parameters if self.method == "GET" else None
        return [own] if own else []

    def _refusals(self) -> Iterator[Refusal]:
        yield BadRequest
        if self.view.strict:
            yield UnknownParameter
        if self.method != "GET":
            yield from (
                MalformedJson,
                InvalidRequest,
                BodyTooLarge,
                exceptions.UnsupportedMediaType,
            )
            if self.view.strict:
                yield UnknownField
        if self._is_list_view():
            yield from (InvalidCursor, InvalidPageSize)
            if self.view.filterset_class:
                yield InvalidRequest
        if "{" in self.path:
            yield NotFoundHere
        yield from self._refusals_of_callers()
        yield from refusals_of(self._method())

    def _refusals_of_callers(self) -> Iterator[Refusal]:
        required = [type(each) for each in self.view.get_permissions()]
        if self.view.get_authenticators():
            yield InvalidToken
            yield exceptions.Throttled
            if permissions.AllowAny not in required:
                yield exceptions.NotAuthenticated
        if not set(required) <= {permissions.AllowAny, permissions.IsAuthenticated}:
            yield exceptions.PermissionDenied
        if self.view.get_throttles():
            yield exceptions.Throttled

    def _takes_key(self) -> bool:
        return bool(getattr(self._method(), "takes_key", False))

    def _method(self) -> Any:
        return getattr(self.view, self.method.lower())


def _problem_response(status: int, codes: list[str]) -> dict[str, Any]:
    named = ", ".join(f"`{code}`" for code in codes)
    return {"description": f"{HTTPStatus(status).phrase}: {named}.", "content": _PROBLEM_CONTENT}
