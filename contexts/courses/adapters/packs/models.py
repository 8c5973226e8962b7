"""Strict pydantic models, derived from the domain's dataclasses."""

import dataclasses
import operator
import re
from functools import cache, reduce
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

from contexts.shared.kernel.shapes import UnionName


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def model_of(shape: type) -> type[Strict]:
    """Return the model that checks what a dataclass is made of."""
    return _model_of(shape)


@cache
def _model_of(shape: type) -> type[Strict]:
    hints = get_type_hints(shape, include_extras=True)
    fields: dict[str, Any] = {
        field.name: (
            translated(hints[field.name]),
            ... if field.default is dataclasses.MISSING else field.default,
        )
        for field in dataclasses.fields(shape)
    }
    return create_model(shape.__name__.removesuffix("Body"), __base__=Strict, **fields)


def translated(annotation: Any) -> Any:
    """Return an annotation as pydantic reads it: models for dataclasses, and patterns."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        metadata = map(_constraint, arguments[1:])
        return operator.getitem(Annotated, (translated(arguments[0]), *metadata))
    if origin is None or origin is Literal:
        is_shape = isinstance(annotation, type) and dataclasses.is_dataclass(annotation)
        return model_of(annotation) if is_shape else annotation
    inner = tuple(map(translated, arguments))
    return reduce(operator.or_, inner) if origin in {Union, UnionType} else origin[inner]


def _constraint(metadata: Any) -> Any:
    if isinstance(metadata, re.Pattern):
        return StringConstraints(pattern=metadata.pattern)
    return Field(discriminator="type") if isinstance(metadata, UnionName) else metadata
