"""Generic views. Rows become DTOs; serializers describe answers and check request bodies."""

from functools import cache
from typing import Any, ClassVar, cast
from uuid import UUID

from django.utils.translation import get_language
from django_filters import FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.http.accepting import known_parameters, refuse_body, takes_body
from contexts.shared.http.actor import Actor
from contexts.shared.http.derived import body_of
from contexts.shared.http.serializers import Serializer, checked
from contexts.shared.http.unknown import refuse_parameters

_NOBODY = Actor(id=UUID(int=0))


@cache
def _reader(serializer: type[Serializer], language: str | None) -> Serializer:
    """Return the shared serializer of a language: making one takes longer than checking a body.

    A check leaves no state in it except messages, which DRF translates only once.
    """
    return serializer()


class ApiView(GenericAPIView):
    """A view whose caller is an Actor."""

    # The operation id of each method in the OpenAPI file. Generated clients use it as a name.
    operations: ClassVar[dict[str, str]]
    filter_backends = []
    # To answer OPTIONS, DRF would call code that needs a real request.
    metadata_class = None
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    # The parameters of a GET, beside those of pages and filters.
    parameters: ClassVar[type[Serializer] | None] = None
    # Whether unknown fields and parameters are refused. Only other people's webhooks ignore them.
    strict: ClassVar[bool] = True
    # Whether a GET returns a page of rows.
    is_list: ClassVar[bool] = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        method = request.method or ""
        # Another method is refused next.
        if self.strict and hasattr(self, method.lower()):
            refuse_parameters(request._request.GET, known_parameters(type(self), method))
            if not takes_body(self, method):
                refuse_body(request)

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

    def params(self, request: Request, **defaults: Any) -> dict[str, Any]:
        """Return the checked values of `parameters`."""
        assert self.parameters is not None
        names, sent = self.parameters().fields, request.query_params.dict()
        values = {name: value for name, value in sent.items() if name in names}
        return checked(self.parameters, {**defaults, **values})


class ListView(ApiView):
    """A page of rows. `to_dto` converts a row for the answer."""

    is_list = True
    # Applies a view's `filterset_class`.
    filter_backends = [DjangoFilterBackend]
    filterset_class: ClassVar[type[FilterSet] | None] = None
    to_dto: Any = None

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.get_paginated_response(self.to_dtos(self.page()))

    def page(self) -> list[Any]:
        # Filters, cursors and sizes are all parameters.
        params = self.request.query_params
        rows = self.filter_queryset(self.get_queryset()) if params else self.first_page()
        return self.paginate_queryset(rows) or []

    def first_page(self) -> Any:
        """Return the rows for a request without parameters. Hot lists use a prepared read."""
        return self.get_queryset()

    def to_dtos(self, page: list[Any]) -> list[Any]:
        return [self.to_dto(row) for row in page]
