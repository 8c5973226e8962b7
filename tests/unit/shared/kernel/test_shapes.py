import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from annotated_types import Ge, Le, MaxLen, MinLen

from contexts.shared.kernel import Level
from contexts.shared.kernel.shapes import VERBATIM, Shape, UnionName, fields_of, shape_of


@dataclass(frozen=True)
class Cat:
    type: Literal["cat"]


@dataclass(frozen=True)
class Dog:
    type: Literal["dog"]


@dataclass(frozen=True)
class Stay:
    id: UUID
    from_: Annotated[int, "Minutes.", Ge(0), Le(90)]
    note: Annotated[str, MaxLen(5), VERBATIM] = ""


class TestFields:
    def test_have_public_names_without_the_underscore_of_reserved_words(self) -> None:
        assert [field.name for field in fields_of(Stay)] == ["id", "from", "note"]

    def test_are_required_unless_they_have_a_default(self) -> None:
        assert [field.required for field in fields_of(Stay)] == [True, True, False]


class TestShapes:
    @pytest.mark.parametrize(
        ("annotation", "shape"),
        [
            (int, Shape(kind=int)),
            (str | None, Shape(kind=str, nullable=True)),
            (Any, Shape()),
            (Literal["a", "b"], Shape(kind=str, choices=("a", "b"))),
            (
                Level,
                Shape(kind=str, choices=("A1", "A2", "B1", "B2", "C1", "C2"), enum=Level),
            ),
            (
                Annotated[list[str], MinLen(1)],
                Shape(kind=list, item=Shape(kind=str), limits={"min_length": 1}),
            ),
            (dict[str, str], Shape(kind=dict, item=Shape(kind=str))),
            (
                Annotated[str, "A time.", re.compile("^x$")] | None,
                Shape(kind=str, description="A time.", pattern="^x$", nullable=True),
            ),
            (
                Annotated[Cat | Dog, UnionName("Pet")],
                Shape(variants={"cat": Cat, "dog": Dog}, union="Pet"),
            ),
        ],
        ids=str,
    )
    def test_are_read_from_annotations(self, annotation: Any, shape: Shape) -> None:
        assert shape_of(annotation) == shape

    def test_refuse_an_annotation_without_a_shape(self) -> None:
        with pytest.raises(TypeError):
            shape_of("int")
