"""What the OpenAPI description says of every operation: its problems."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

_READ_PROBLEMS = ("400", "403", "404", "429")
_WRITE_PROBLEMS = (*_READ_PROBLEMS, "409", "413", "415", "422")

_PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; made for programs."},
        "detail": {"type": "string", "description": "Made for people."},
        "params": {"type": "object"},
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


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "contexts.shared.http.authentication.ActorAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class ProblemAutoSchema(AutoSchema):
    def _is_list_view(self, serializer: Any = None) -> bool:
        from contexts.shared.http.views import ListView

        return isinstance(self.view, ListView) and self.method == "GET"

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        codes = _READ_PROBLEMS if self.method == "GET" else _WRITE_PROBLEMS
        for code in (*codes, "401"):
            bodies.setdefault(code, {"$ref": "#/components/responses/Problem"})
        return dict(sorted(bodies.items()))


def add_problem_schema(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A postprocessing hook: the one response that all problems share."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = _PROBLEM
    components["responses"] = {
        "Problem": {
            "description": "A problem; `code` says which.",
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
    }
    return result
