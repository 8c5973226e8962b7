"""The parameters and the body that a view's method accepts, as the OpenAPI file describes them."""

from functools import cache
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from contexts.shared.http.unknown import unknown_fields

_READS = frozenset({"GET", "HEAD"})
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_bodies: dict[tuple[type, str], bool] = {}


@cache
def known_parameters(view: Any, method: str) -> frozenset[str]:
    """Return the parameters of a view's method: pages, filters and the view's own."""
    if method not in _READS:
        return frozenset()
    names: set[str] = set(view.parameters().fields) if view.parameters else set()
    if view.is_list:
        paging: Any = view.pagination_class
        names |= {paging.cursor_query_param, paging.page_size_query_param}
        names |= set(view.filterset_class.base_filters) if view.filterset_class else set()
    return frozenset(names)


def takes_body(view: Any, method: str) -> bool:
    """Return whether a view's method has a body in the OpenAPI file. Reads may carry anything."""
    if method not in _WITH_BODY:
        return method in _READS
    key = (type(view), method)
    if key not in _bodies:
        _bodies[key] = _described_body(view, method)
    return _bodies[key]


def _described_body(view: Any, method: str) -> bool:
    handler: Any = getattr(view, method.lower())
    schema = getattr(handler, "kwargs", {}).get("schema") or type(view.schema)
    described = schema()
    described.view, described.method, described.path = view, method, view.request.path
    return described.get_request_serializer() is not None


def refuse_body(request: Request) -> None:
    """Refuse a body where none is described. An empty object is no body."""
    if not request._request.body:
        return
    data: Any = request.data
    if not isinstance(data, dict | None):
        raise ValidationError
    if unknown := unknown_fields(data or {}, ()):
        raise ValidationError(unknown)
