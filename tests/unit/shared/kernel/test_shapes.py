import re
from dataclasses import dataclass, replace
from itertools import count
from types import SimpleNamespace
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import pytest
from annotated_types import Ge, Le, MaxLen, MinLen

from contexts.shared.kernel import Level
from contexts.shared.kernel.shapes import (
    ABSENT_IF_NONE,
    VERBATIM,
    Shape,
    UnionName,
    dump,
    fields_of,
    from_row,
    load,
    shape_of,
)


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


@dataclass(frozen=True)
class Bone:
    length: int


@dataclass(frozen=True)
class Kennel:
    pets: list[Annotated[Cat | Dog, UnionName("Pet")]]
    bones: list[Bone]
    sign: Annotated[dict[str, str] | None, ABSENT_IF_NONE] = None


class TestFields:
    def test_have_public_names_without_the_underscore_of_reserved_words(self) -> None:
        assert [field.name for field in fields_of(Stay)] == ["id", "from", "note"]

    def test_are_required_unless_they_have_a_default(self) -> None:
        assert [field.required for field in fields_of(Stay)] == [True, True, False]


class TestRows:
    def test_give_a_dto_its_fields_of_the_same_names(self) -> None:
        row = SimpleNamespace(pk=UUID(int=1), from_=5, note="n", other="not shown")

        assert from_row(Stay, row) == Stay(id=UUID(int=1), from_=5, note="n")
        assert from_row(Stay, row, note="x", from_=6) == Stay(id=UUID(int=1), from_=6, note="x")

    def test_refuse_a_field_that_neither_has(self) -> None:
        with pytest.raises(AttributeError):
            from_row(Stay, SimpleNamespace(pk=UUID(int=1), note="n"))


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
                Annotated[str | None, ABSENT_IF_NONE],
                Shape(kind=str, nullable=True, absent_if_none=True),
            ),
            (
                Annotated[Bone | Stay, UnionName("Thing")],
                Shape(variants={"Bone": Bone, "Stay": Stay}, tagged=False, union="Thing"),
            ),
            (
                Annotated[Cat | Dog, UnionName("Pet")],
                Shape(variants={"cat": Cat, "dog": Dog}, union="Pet"),
            ),
        ],
        # The text of a marker holds its address, which differs between the processes of a run.
        ids=count(),
    )
    def test_are_read_from_annotations(self, annotation: Any, shape: Shape) -> None:
        assert shape_of(annotation) == shape

    def test_refuse_an_annotation_without_a_shape(self) -> None:
        with pytest.raises(TypeError):
            shape_of("int")


class TestDocuments:
    DOCUMENT: ClassVar[dict[str, Any]] = {
        "pets": [{"type": "dog"}, {"type": "cat"}],
        "bones": [{"length": 3}],
    }
    KENNEL = Kennel(pets=[Dog(type="dog"), Cat(type="cat")], bones=[Bone(length=3)])

    def test_become_dataclasses_and_ignore_unknown_keys(self) -> None:
        assert load(Kennel, self.DOCUMENT | {"color": "red", "sign": None}) == self.KENNEL

    def test_are_made_without_fields_that_are_none(self) -> None:
        assert dump(self.KENNEL) == self.DOCUMENT
        assert dump(replace(self.KENNEL, sign={"en": "Beware"}))["sign"] == {"en": "Beware"}
