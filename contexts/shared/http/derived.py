"""Serializers derived from dataclasses. `contexts.shared.kernel.shapes` describes the fields.

PriceSerializer = serializer_of(queries.Price)      # an answer
BookSerializer = body_of(Book)                      # a request body
"""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework.serializers import JSONField

from contexts.shared.http import serializers
from contexts.shared.http.unknown import unknown_fields
from contexts.shared.kernel.shapes import Shape, ShapeField, description_of, fields_of

_SCALARS: Mapping[type, type[serializers.Field]] = {
    str: serializers.CharField,
    bool: serializers.BooleanField,
    int: serializers.IntegerField,
    float: serializers.FloatField,
    UUID: serializers.UUIDField,
    datetime: serializers.DateTimeField,
    date: serializers.DateField,
}
_FORMATS: Mapping[str, type[serializers.Field]] = {
    "email": serializers.EmailField,
    "slug": serializers.SlugField,
}
# The values and the field of each named enumeration.
_enumerations: dict[str, tuple[tuple[str, ...], type[serializers.ChoiceField]]] = {}


class VariantField(serializers.Field):
    """A union of dataclasses. The key `type` names the variant."""

    default_error_messages = {
        "not_an_object": gettext_lazy("Expected an object."),
        "unknown_type": gettext_lazy("Expected one of these types: {types}."),
    }

    def __init__(self, variants: Mapping[str, type[serializers.Serializer]], **options: Any):
        super().__init__(**options)
        self.variants = variants

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            self.fail("not_an_object")
        tag = data.get("type")
        if not isinstance(tag, str) or tag not in self.variants:
            self.fail("unknown_type", types=", ".join(self.variants))
        return self.variants[tag]().run_validation(data)


class UntaggedField(serializers.DictField):
    """A union of dataclasses without a `type`. Accepts any object of their fields."""

    known: frozenset[str] = frozenset()

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := unknown_fields(data, self.known)):
            raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


def serializer_of(
    shape: type, name: str = "", **written: serializers.Field
) -> type[serializers.Serializer]:
    """Return the serializer that describes a DTO in answers, where every field is present.

    `name` is its name in the OpenAPI file, by default the class's own. `written` holds fields
    that replace derived ones.
    """
    if not written:
        return _answer(shape, name)
    return _serializer(
        shape, name, lambda field, owner: written.get(field.name) or _answered(field, owner)
    )


@cache
def body_of(shape: type, name: str = "") -> type[serializers.Serializer]:
    """Return the serializer that checks a request body. A default makes a field optional."""
    return _serializer(shape, name, _sent)


@cache
def _answer(shape: type, name: str) -> type[serializers.Serializer]:
    return _serializer(shape, name, _answered)


def _serializer(
    shape: type, name: str, field_of: Callable[[ShapeField, str], serializers.Field]
) -> type[serializers.Serializer]:
    public = name or shape.__name__
    fields = {field.name: field_of(field, public) for field in fields_of(shape)}
    text = {"__doc__": description_of(shape), "__module__": shape.__module__}
    return type(f"{public}Serializer", (serializers.Serializer,), fields | text)


def _answered(field: ShapeField, owner: str) -> serializers.Field:
    name = f"{owner}{camel(field.name)}"
    if field.shape.absent_if_none:
        return _field(replace(field.shape, nullable=False), serializer_of, name, required=False)
    return _field(field.shape, serializer_of, name)


def _sent(field: ShapeField, owner: str) -> serializers.Field:
    name = f"{owner}{camel(field.name)}"
    if field.required:
        return _field(field.shape, body_of, name)
    blank = {"allow_blank": True} if field.default == "" and not field.shape.choices else {}
    return _field(field.shape, body_of, name, required=False, default=field.default, **blank)


def _field(
    shape: Shape, nested: Callable[[type], Any], name: str, **options: Any
) -> serializers.Field:
    """Return the field of a shape. `name` is that of its enumeration, if it is one."""
    if shape.nullable:
        options["allow_null"] = True
    if shape.description:
        options["help_text"] = shape.description
    if shape.variants:
        return _variant(shape, nested, options)
    if is_dataclass(shape.kind):
        return nested(shape.kind)(**options)
    if shape.kind is list:
        return _list(shape, nested, name, options)
    if shape.kind is dict:
        return _mapping(shape, nested, name, options)
    if shape.kind is object:
        return JSONField(**options)
    return _scalar(shape, name, options)


def _variant(shape: Shape, nested: Callable[[type], Any], options: Any) -> serializers.Field:
    assert shape.variants is not None
    each = {tag: nested(variant) for tag, variant in shape.variants.items()}
    name = shape.union or "Or".join(variant.__name__ for variant in shape.variants.values())
    if not shape.tagged:
        union = PolymorphicProxySerializer(name, list(each.values()), None)
        known = frozenset(
            field.name for variant in shape.variants.values() for field in fields_of(variant)
        )
        field = type(f"{name}Field", (UntaggedField,), {"known": known})
        return extend_schema_field(union)(field)(**options)
    union = PolymorphicProxySerializer(name, each, "type")
    return extend_schema_field(union)(type(f"{name}Field", (VariantField,), {}))(each, **options)


def _list(
    shape: Shape, nested: Callable[[type], Any], name: str, options: Any
) -> serializers.Field:
    assert shape.item is not None
    if "max_length" in shape.limits:
        options["max_length"] = shape.limits["max_length"]
    if shape.limits.get("min_length"):
        options["allow_empty"] = False
    if shape.limits.get("min_length", 0) > 1:
        options["min_length"] = shape.limits["min_length"]
    return serializers.ListField(child=_field(shape.item, nested, name), **options)


def _mapping(
    shape: Shape, nested: Callable[[type], Any], name: str, options: Any
) -> serializers.Field:
    assert shape.item is not None
    if shape.item.kind is not object:
        options["child"] = _field(shape.item, nested, name)
    return serializers.DictField(**options)


def _scalar(shape: Shape, name: str, options: dict[str, Any]) -> serializers.Field:
    if shape.choices:
        return _choice(shape, name)(shape.choices, **options)
    limits: dict[str, Any] = dict(shape.limits)
    if "ge" in limits:
        options["min_value"] = limits.pop("ge")
    if "le" in limits:
        options["max_value"] = limits.pop("le")
    if limits.get("min_length") == 0:
        options["allow_blank"] = True
        del limits["min_length"]
    if shape.verbatim:
        options["trim_whitespace"] = False
    if shape.pattern:
        return serializers.RegexField(shape.pattern, **limits, **options)
    field = _FORMATS[shape.format] if shape.format else _SCALARS[shape.kind]
    return field(**limits, **options)


def _choice(shape: Shape, name: str) -> type[serializers.ChoiceField]:
    """Return the field of an enumeration, with a name in OpenAPI unless it is a single tag.

    The name is that of GraphQL: the class's, or `<owner><field>`.
    """
    if len(shape.choices) == 1:
        return _enumeration("", shape.choices)
    name = shape.enum.__name__ if shape.enum else name
    fresh = (shape.choices, _enumeration(name, shape.choices))
    values, field = _enumerations.setdefault(name, fresh)
    if values != shape.choices:
        raise TypeError(f"two enumerations are named {name}")
    return field


def _enumeration(name: str, values: tuple[str, ...]) -> type[serializers.ChoiceField]:
    described = {"type": "string", "enum": [*values]}
    field = type("ChoiceField", (serializers.ChoiceField,), {})
    return extend_schema_field(described, component_name=name or None)(field)


def camel(name: str) -> str:
    return "".join(part.title() for part in name.split("_"))
