"""Shapes: frozen dataclasses from which REST serializers and GraphQL types are derived.

A field's annotation holds all that a reader must know of it:

    amount: Annotated[int, "Minor units, tax included."]
    state: Literal["open", "paid"]
    reason: Annotated[str, MaxLen(500)] = ""

Metadata of `Annotated`:

- a text describes the field;
- `MinLen`, `MaxLen`, `Ge` and `Le` (of annotated_types) and a compiled pattern limit it;
- `VERBATIM` does not strip the blanks around a text;
- `ABSENT_IF_NONE` omits the field from an answer if it is None;
- `Format` names a format;
- `UnionName` names a union of dataclasses, whose field `type`, if any, names the variant.

A trailing underscore is not part of the public name: `from_` is `from`.
"""

import dataclasses
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from annotated_types import BaseMetadata, Ge, Le, MaxLen, MinLen

T = TypeVar("T")
VERBATIM = object()
ABSENT_IF_NONE = object()
# The default of a field that may be omitted but not null.
OMITTED: Any = None


@dataclass(frozen=True, slots=True)
class Format:
    """The format of a text in JSON Schema's words: `email` or `slug`."""

    name: str


@dataclass(frozen=True, slots=True)
class UnionName:
    """The public name of a union."""

    name: str


_LIMITS = {MinLen: "min_length", MaxLen: "max_length", Ge: "ge", Le: "le"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The type of a field, of a list's items or of a mapping's values.

    `kind` is a scalar's class, a dataclass, `list`, `dict` or `object` (any JSON). `choices` are
    the values of an enumeration. `variants` are the dataclasses of a union, by their `type` if
    `tagged`, else by their names; `union` is its public name.
    """

    kind: type = object
    nullable: bool = False
    item: "Shape | None" = None
    choices: tuple[str, ...] = ()
    enum: type[Enum] | None = None
    variants: Mapping[str, type] | None = None
    tagged: bool = True
    union: str = ""
    absent_if_none: bool = False
    description: str = ""
    limits: Mapping[str, int] = dataclasses.field(default_factory=dict)
    pattern: str = ""
    format: str = ""
    verbatim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeField:
    """A field of a shape: `attribute` in Python, `name` in public."""

    attribute: str
    shape: Shape
    default: Any = dataclasses.MISSING

    @property
    def name(self) -> str:
        return self.attribute.removesuffix("_")

    @property
    def required(self) -> bool:
        return self.default is dataclasses.MISSING


def fields_of(shape: type) -> tuple[ShapeField, ...]:
    """Return the fields of a dataclass in their order."""
    return _fields_of(shape)


@cache
def _fields_of(shape: type) -> tuple[ShapeField, ...]:
    hints = get_type_hints(shape, include_extras=True)
    return tuple(
        ShapeField(
            attribute=field.name,
            shape=shape_of(hints[field.name]),
            default=field.default
            if field.default_factory is dataclasses.MISSING
            else field.default_factory(),
        )
        for field in dataclasses.fields(shape)
    )


def description_of(shape: type) -> str:
    """Return the docstring of a dataclass, empty if it has none of its own."""
    text = inspect.getdoc(shape) or ""
    # Python writes the signature where a dataclass has no docstring.
    return "" if text.startswith(f"{shape.__name__}(") else text


def shape_of(annotation: Any) -> Shape:
    """Return the shape that an annotation names. Raises TypeError if it names none."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated(shape_of(arguments[0]), arguments[1:])
    if origin in {Union, UnionType}:
        return _union([each for each in arguments if each is not NoneType], arguments)
    if origin is Literal:
        return Shape(kind=str, choices=arguments)
    if origin in {list, tuple}:
        return Shape(kind=list, item=shape_of(arguments[0]))
    if origin in {dict, Mapping}:
        return Shape(kind=dict, item=shape_of(arguments[1]))
    return _plain(annotation)


def _plain(annotation: Any) -> Shape:
    if annotation is Any:
        return Shape()
    if not isinstance(annotation, type):
        raise TypeError(f"{annotation} names no shape")
    if issubclass(annotation, Enum):
        values = tuple(str(member.value) for member in annotation)
        return Shape(kind=str, choices=values, enum=annotation)
    return Shape(kind=annotation)


def _union(kinds: list[Any], arguments: tuple[Any, ...]) -> Shape:
    nullable = NoneType in arguments
    if len(kinds) == 1:
        return dataclasses.replace(shape_of(kinds[0]), nullable=nullable)
    tags = [tag_of(kind) for kind in kinds]
    if None in tags:
        return Shape(
            variants={kind.__name__: kind for kind in kinds}, tagged=False, nullable=nullable
        )
    variants = {str(tag): kind for tag, kind in zip(tags, kinds, strict=True)}
    return Shape(variants=variants, nullable=nullable)


def tag_of(variant: type) -> str | None:
    """Return the value of a variant's `type`, None if it has no such field."""
    hint = get_type_hints(variant).get("type")
    return get_args(hint)[0] if hint else None


def from_row(shape: type[T], row: Any, **different: Any) -> T:
    """Return a DTO with the row's attributes. Fields in `different` replace them.

    The DTO's `id` is the row's `pk`.
    """
    plain: type = shape
    names, read = _reader(plain, frozenset(different))
    return shape(**dict(zip(names, read(row), strict=True)), **different)


@cache
def _reader(shape: type, different: frozenset[str]) -> tuple[list[str], Callable[[Any], Any]]:
    names = [field.attribute for field in fields_of(shape) if field.attribute not in different]
    columns = ["pk" if name == "id" else name for name in names]
    # With only one name, an attrgetter would return the bare value, not a tuple.
    return [*names[:1], *names], attrgetter(*columns[:1], *columns)


def load(shape: type[T], document: Mapping[str, Any]) -> T:
    """Return the dataclass that a JSON object describes. Ignores unknown keys."""
    values = {
        field.attribute: _loaded(field.shape, document[field.name])
        for field in fields_of(shape)
        if field.name in document
    }
    return shape(**values)


def _loaded(shape: Shape, value: Any) -> Any:
    if value is None:
        return None
    if shape.kind is list and shape.item is not None:
        return [_loaded(shape.item, each) for each in value]
    if shape.variants and shape.tagged:
        return load(shape.variants[value["type"]], value)
    return load(shape.kind, value) if dataclasses.is_dataclass(shape.kind) else value


def dump(instance: Any) -> dict[str, Any]:
    """Return a dataclass as a JSON object, without fields that are None."""
    values = {field.name: getattr(instance, field.attribute) for field in fields_of(type(instance))}
    return {name: _dumped(value) for name, value in values.items() if value is not None}


def _dumped(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_dumped(each) for each in value]
    if isinstance(value, Mapping):
        return dict(value)
    return dump(value) if dataclasses.is_dataclass(value) else value


def _annotated(shape: Shape, metadata: tuple[Any, ...]) -> Shape:
    limits = dict(shape.limits)
    facts: dict[str, Any] = {}
    for each in metadata:
        if isinstance(each, str):
            facts["description"] = each
        elif isinstance(each, re.Pattern):
            facts["pattern"] = each.pattern
        elif isinstance(each, Format):
            facts["format"] = each.name
        elif isinstance(each, UnionName):
            facts["union"] = each.name
        elif each is VERBATIM:
            facts["verbatim"] = True
        elif each is ABSENT_IF_NONE:
            facts["absent_if_none"] = True
        elif isinstance(each, BaseMetadata):
            limits[_LIMITS[type(each)]] = getattr(each, _LIMITS[type(each)])
    return dataclasses.replace(shape, limits=limits, **facts)
