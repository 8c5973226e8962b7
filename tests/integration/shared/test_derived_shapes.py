"""One dataclass makes the serializer, the request body, the GraphQL type and its arguments."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import graphene
import pytest
from annotated_types import Ge, MaxLen, MinLen
from rest_framework.exceptions import ValidationError

from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.graphql.derived import DtoType, arguments_of
from contexts.shared.http.serializers import CharField
from contexts.shared.kernel.shapes import ABSENT_IF_NONE, OMITTED, UnionName


@dataclass(frozen=True, slots=True, kw_only=True)
class Berth:
    """A bed on a ship."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    type: Literal["card"]
    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cash:
    type: Literal["cash"]
    coins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Voyage:
    """A way over the sea."""

    id: UUID
    state: Annotated[Literal["planned", "under-way", ""], "Empty while nobody knows."]
    from_: datetime
    berths: list[Berth]
    captain: str | None
    paid: Annotated[Card | Cash, UnionName("Payment")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A wish for berths."""

    berths: Annotated[list[Berth], MaxLen(2)]
    people: Annotated[int, Ge(1)]
    paid: Annotated[Card | Cash, UnionName("Payment")]
    note: Annotated[str, MaxLen(5)] = ""
    voucher: str = OMITTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A seat, which some tickets name."""

    holder: Annotated[Berth | Cash, UnionName("Holder")]
    seats: Annotated[list[str], MinLen(2), MaxLen(4)]
    seat: Annotated[str | None, ABSENT_IF_NONE] = None


GOOD: dict[str, Any] = {
    "berths": [{"number": 1}],
    "people": 1,
    "paid": {"type": "cash", "coins": 3},
}


class VoyageType(DtoType, dto=Voyage):
    class Meta:
        name = "Voyage"


class Query(graphene.ObjectType):
    voyage = graphene.Field(VoyageType, **arguments_of(Book))


SDL = str(graphene.Schema(query=Query))


class TestAnswers:
    def test_have_all_fields_under_their_public_names(self) -> None:
        fields = serializer_of(Voyage)().fields

        assert list(fields) == ["id", "state", "from", "berths", "captain", "paid"]
        assert all(field.required for field in fields.values())
        assert [name for name, field in fields.items() if field.allow_null] == ["captain"]

    def test_carry_choices_and_descriptions(self) -> None:
        state = serializer_of(Voyage)().fields["state"]

        assert list(state.choices) == ["planned", "under-way", ""]
        assert state.help_text == "Empty while nobody knows."

    def test_take_a_written_field_in_place_of_the_derived_one(self) -> None:
        fields = serializer_of(Voyage, state=CharField())().fields

        assert type(fields["state"]) is CharField

    def test_are_named_for_the_class_or_as_told(self) -> None:
        assert serializer_of(Voyage).__name__ == "VoyageSerializer"
        assert serializer_of(Voyage, "Trip").__name__ == "TripSerializer"

    def test_need_not_have_a_field_that_is_absent_if_none(self) -> None:
        seat = serializer_of(Ticket)().fields["seat"]

        assert (seat.required, seat.allow_null) == (False, False)


class TestUntaggedUnions:
    def test_take_any_object_for_their_reader(self) -> None:
        body = {"holder": {"number": "x"}, "seats": ["1", "2"]}

        assert body_of(Ticket)().run_validation(body)["holder"] == {"number": "x"}

    @pytest.mark.parametrize("change", [{"holder": "x"}, {"seats": ["1"]}], ids=str)
    def test_refuse_what_is_no_object(self, change: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            body_of(Ticket)().run_validation({"holder": {}, "seats": ["1", "2"]} | change)

    def test_are_described_without_a_discriminator(self) -> None:
        holder = body_of(Ticket)().fields["holder"]

        override = holder._spectacular_annotation["field"]

        assert override.component_name == "Holder"
        assert override.resource_type_field_name is None


class TestBodies:
    def test_fill_in_defaults(self) -> None:
        assert body_of(Book)().run_validation(GOOD) == {**GOOD, "note": "", "voucher": None}

    @pytest.mark.parametrize(
        "change",
        [
            {"people": 0},
            {"people": "1"},
            {"note": "sixsix"},
            {"note": None},
            {"voucher": None},
            {"berths": [{"number": 1}] * 3},
            {"berths": [{"number": "1"}]},
            {"paid": {"type": "cash", "coins": "3"}},
            {"paid": {"type": "shells", "coins": 3}},
            {"paid": {"type": ["cash"], "coins": 3}},
            {"paid": "cash"},
        ],
        ids=str,
    )
    def test_refuse_what_the_annotations_forbid(self, change: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            body_of(Book)().run_validation(GOOD | change)


class TestGraphql:
    def test_shows_the_same_fields(self) -> None:
        assert '"""A way over the sea."""\ntype Voyage {\n  id: UUID!\n' in SDL
        assert "  from: Instant!\n  berths: [Berth!]!\n  captain: String\n  paid: Payment!\n" in SDL

    def test_names_values_of_enumerations_as_rest_writes_them(self) -> None:
        assert "enum VoyageTypeState {\n  planned\n  under_way\n  none\n}" in SDL

    def test_shows_variants_as_a_union(self) -> None:
        assert "union Payment = Card | Cash" in SDL

    def test_takes_the_same_arguments(self) -> None:
        body = "berths: [BerthInput!]!, people: Int!, paid: JSON!, note: String, voucher: String"
        assert f"voyage({body})" in SDL

    def test_answers_enumerations_and_variants(self) -> None:
        class Root:
            voyage = Voyage(
                id=UUID(int=1),
                state="under-way",
                from_=datetime(2030, 1, 1),
                berths=[Berth(number=7)],
                captain=None,
                paid=Cash(type="cash", coins=3),
            )

        asked = "{ voyage(berths: [], people: 1, paid: 1) { state berths { number } "
        asked += "paid { ... on Cash { coins } } } }"
        answer = graphene.Schema(query=Query).execute(asked, root_value=Root)

        assert answer.errors is None
        assert answer.data == {
            "voyage": {"state": "under_way", "berths": [{"number": 7}], "paid": {"coins": 3}}
        }
