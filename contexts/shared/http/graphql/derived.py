"""GraphQL types and arguments, derived from the same dataclasses as REST's serializers.

class Price(DtoType, dto=queries.Price): ...        # fields, enums and nested types
book_lesson = graphene.Field(BookedLesson, **arguments_of(Book))
tutors = graphene.Field(connection(Tutor), **filter_arguments(queries.TutorFilter))
"""

import re
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

import django_filters
import graphene
from graphene.utils.orderedtype import OrderedType

from contexts.shared.http.derived import camel
from contexts.shared.http.filters import InstantFilter
from contexts.shared.http.graphql import nodes
from contexts.shared.http.graphql.execution import read_attribute
from contexts.shared.http.graphql.types import Instant, Json, Uuid
from contexts.shared.kernel.shapes import Shape, ShapeField, description_of, fields_of

_SCALARS: dict[type, Any] = {
    str: graphene.String,
    bool: graphene.Boolean,
    int: graphene.Int,
    float: graphene.Float,
    UUID: Uuid,
    datetime: Instant,
    date: graphene.Date,
}
_types: dict[type, type["DtoType"]] = {}
_inputs: dict[type, type[graphene.InputObjectType]] = {}
# By name, and by values: an argument uses the enumeration of the type with the same values.
_enums: dict[str, type[graphene.Enum]] = {}
_enums_by_values: dict[tuple[str, ...], type[graphene.Enum]] = {}


class DtoType(graphene.ObjectType):
    """An object type whose fields are attributes of a DTO.

    `dto` derives the fields. A field written in the class replaces the derived one. A nested DTO
    without a type of its own gets one under its own name. `node` makes it a Relay Node: it
    returns the DTO from the request's context and an id.
    """

    class Meta:
        abstract = True

    def __init_subclass__(cls, **options: Any) -> None:
        # For type checkers, which do not see graphene's own signature.
        super().__init_subclass__(**options)

    @classmethod
    def __init_subclass_with_meta__(
        cls, dto: type | None = None, node: nodes.Load | None = None, **options: Any
    ) -> None:
        options.setdefault("default_resolver", read_attribute)
        if dto is not None and node is not None:
            nodes.add(dto, cls, node)
            options["interfaces"] = (nodes.Node,)
            setattr(cls, "id", graphene.ID(required=True))  # noqa: B010
        if dto is not None:
            _types.setdefault(dto, cls)
            _derive(cls, dto)
            options.setdefault(
                "description", cls.__dict__.get("__doc__") or description_of(dto) or None
            )
        super().__init_subclass_with_meta__(**options)


def _derive(type_: type[DtoType], dto: type) -> None:
    written = {name: each for name, each in vars(type_).items() if isinstance(each, OrderedType)}
    for field in fields_of(dto):
        if field.attribute in written:
            written.pop(field.attribute).reset_counter()
        else:
            setattr(type_, field.attribute, _field(field, type_.__name__))
    # Fields that only this face has follow those of the DTO.
    for each in written.values():
        each.reset_counter()


def _field(field: ShapeField, type_name: str) -> graphene.Field:
    shape = field.shape
    return graphene.Field(
        _output(shape, f"{type_name}{camel(field.name)}"),
        required=not shape.nullable,
        description=shape.description or None,
        name=field.name if field.name != field.attribute else None,
    )


def _output(shape: Shape, name: str) -> Any:
    if shape.variants:
        return _union(shape)
    if is_dataclass(shape.kind):
        return _type_of(shape.kind)
    if shape.kind is list and shape.item is not None:
        return graphene.List(graphene.NonNull(_output(shape.item, name)))
    return _leaf(shape, name)


def _type_of(dto: type) -> type[DtoType]:
    return _types.get(dto) or type(dto.__name__, (DtoType,), {}, dto=dto)


def _union(shape: Shape) -> type[graphene.Union]:
    assert shape.variants is not None
    types = {tag: _type_of(variant) for tag, variant in shape.variants.items()}

    def resolve_type(instance: Any, _info: Any) -> Any:
        return types[instance["type"] if isinstance(instance, dict) else instance.type]

    meta = type("Meta", (), {"types": tuple(types.values())})
    return type(shape.union, (graphene.Union,), {"Meta": meta, "resolve_type": resolve_type})


def _leaf(shape: Shape, name: str) -> Any:
    # A single value is a tag. Enumerations of their own would conflict in one selection.
    if len(shape.choices) == 1:
        return graphene.String
    if shape.choices:
        return _enum(shape.enum.__name__ if shape.enum else name, shape.choices)
    if shape.kind in {dict, object}:
        return Json
    return _SCALARS[shape.kind]


def _enum(name: str, values: tuple[str, ...]) -> type[graphene.Enum]:
    """Return the enumeration. Its names are the values of REST, with "none" for ""."""
    if name not in _enums:
        names = {re.sub(r"\W", "_", value) or "none": value for value in values}
        members = StrEnum(name, names)  # type: ignore[misc]
        _enums[name] = graphene.Enum.from_enum(members, description=lambda _: None)
        _enums_by_values.setdefault(values, _enums[name])
    return _enums[name]


@cache
def input_of(shape: type, name: str = "") -> type[graphene.InputObjectType]:
    """Return the input type of a part of a request body, by default named `<class>Input`."""
    text = {"__doc__": description_of(shape) or None}
    name = name or f"{shape.__name__}Input"
    made = type(name, (graphene.InputObjectType,), text | arguments_of(shape))
    return _inputs.setdefault(shape, made)


def arguments_of(shape: type, *, partial: bool = False) -> dict[str, Any]:
    """Return the arguments of a request body.

    A default makes an argument optional; `partial` makes all of them optional.
    """
    return {
        field.name: _input(field.shape, f"{shape.__name__}{camel(field.name)}")(
            required=field.required and not partial,
            description=field.shape.description or None,
        )
        for field in fields_of(shape)
    }


def _input(shape: Shape, name: str) -> Any:
    if shape.variants:
        return Json
    if is_dataclass(shape.kind):
        return _inputs.get(shape.kind) or input_of(shape.kind)
    if shape.kind is list and shape.item is not None:
        item = graphene.NonNull(_input(shape.item, name))
        return lambda **options: graphene.List(item, **options)
    return _enums_by_values.get(shape.choices) or _leaf(shape, name)


def filter_arguments(filters: type[django_filters.FilterSet]) -> dict[str, Any]:
    """Return the arguments that a FilterSet reads; all are optional."""
    name = filters.__name__.removesuffix("Filter")
    return {
        each: _filter(filter_, f"{name}{camel(each)}")
        for each, filter_ in filters.base_filters.items()
    }


def _filter(filter_: django_filters.Filter, name: str) -> Any:
    if isinstance(filter_, django_filters.ChoiceFilter):
        values = tuple(value for value, _ in filter_.extra["choices"])
        return (_enums_by_values.get(values) or _enum(name, values))()
    for kind, argument in (
        (InstantFilter, Instant),
        (django_filters.UUIDFilter, Uuid),
        (django_filters.BooleanFilter, graphene.Boolean),
        (django_filters.NumberFilter, graphene.Int),
    ):
        if isinstance(filter_, kind):
            return argument()
    return graphene.String()
