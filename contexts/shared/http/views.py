"""Generic views whose rows become DTOs; serializers describe them and check what comes in."""

from functools import cache
from typing import Any, ClassVar, cast
from uuid import UUID

from django.utils.translation import get_language
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.http.actor import Actor
from contexts.shared.http.derived import body_of
from contexts.shared.http.serializers import Serializer

_NOBODY = Actor(id=UUID(int=0))


@cache
def _reader(serializer: type[Serializer], language: str | None) -> Serializer:
    """One for all requests in a language: copying its fields takes longer than checking a body.

    Checking leaves nothing in it but messages, which DRF translates once.
    """
    return serializer()


class ApiView(GenericAPIView):
    """A view that knows its caller as an Actor."""

    # The id of each method's operation in the OpenAPI file, which generated clients are named by.
    operations: ClassVar[dict[str, str]]
    filter_backends = []
    # Describing itself to OPTIONS, DRF would call what only a real request can answer.
    metadata_class = None
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]

    @property
    def actor(self) -> Actor:
        if getattr(self, "swagger_fake_view", False):
            return _NOBODY
        actor: Any = self.request.user
        return cast(Actor, actor)

    def body(self, request: Request, shape: type | None = None) -> dict[str, Any]:
        """Return the checked request body, by a dataclass or by the view's serializer."""
        serializer: Any = body_of(shape) if shape else self.get_serializer_class()
        data: dict[str, Any] = _reader(serializer, get_language()).run_validation(request.data)
        return data


class ListView(ApiView):
    """A page of rows. `to_dto` makes what is rendered from a row."""

    # Who names a `filterset_class` is filtered by it.
    filter_backends = [DjangoFilterBackend]
    to_dto: Any = None

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.get_paginated_response(self.to_dtos(self.page()))

    def page(self) -> list[Any]:
        # Filters, cursors and sizes are all parameters.
        asked = self.request.query_params
        rows = self.filter_queryset(self.get_queryset()) if asked else self.first_page()
        return self.paginate_queryset(rows) or []

    def first_page(self) -> Any:
        """What is listed when nothing is asked for: the hot lists have a prepared read for it."""
        return self.get_queryset()

    def to_dtos(self, page: list[Any]) -> list[Any]:
        return [self.to_dto(row) for row in page]
