"""Descriptions of types and fields that have none of their own, by their names."""

import re
from collections.abc import Mapping

from graphql import GraphQLEnumType, GraphQLSchema

# What a name means in every type. Other names are read as words.
_MEANINGS: Mapping[str, str] = {
    "id": "A UUID.",
    "type": "The name of the variant.",
    "kind": "The kind, by its code.",
    "language": "A language (BCP 47).",
    "level": "A level of the Common European Framework (CEFR).",
    "country": "A country (ISO 3166-1 alpha-2).",
    "currency": "A currency (ISO 4217).",
    "timeZone": "A time zone (IANA).",
    "from": "From this instant on.",
    "to": "Before this instant.",
    "start": "The first place, counted in code points.",
    "end": "The place after the last, counted in code points.",
    "old": "The text before the change.",
    "new": "The text after the change.",
    "status": "The state, by its code.",
    "state": "The state, by its code.",
    "accessToken": "The token for the Authorization header.",
    "refreshToken": "The token for new tokens.",
    "attemptId": "Made by the client. A repeated attempt is graded once.",
    "policy": "The rules of canceling and moving, by their name.",
}
_INSTANT = re.compile(r"(.+)At$")


def describe(schema: GraphQLSchema) -> None:
    """Describe every type, field and argument that has no description."""
    for name, type_ in schema.type_map.items():
        if name.startswith("__"):
            continue
        if not type_.description:
            type_.description = _of_type(name, is_enum=isinstance(type_, GraphQLEnumType))
        for field_name, field in getattr(type_, "fields", {}).items():
            field.description = field.description or meaning(field_name)
            for argument_name, argument in getattr(field, "args", {}).items():
                argument.description = argument.description or meaning(argument_name)


def meaning(name: str) -> str:
    """Return a sentence about a field: what is known of its name, or its words."""
    if name in _MEANINGS:
        return _MEANINGS[name]
    if instant := _INSTANT.fullmatch(name):
        return f"The instant of `{_words(instant[1])}`."
    return f"{_words(name).capitalize()}."


def _of_type(name: str, *, is_enum: bool) -> str:
    return f"The values of {_words(name)}." if is_enum else f"{_words(name).capitalize()}."


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()
