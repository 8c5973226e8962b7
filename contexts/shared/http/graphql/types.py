"""Scalars that orjson renders."""

import uuid
from datetime import UTC, datetime
from typing import Any

import graphene
from graphql import GraphQLError, ValueNode
from graphql.language import StringValueNode
from graphql.utilities import value_from_ast_untyped

from contexts.shared.http.instants import is_instant


class Json(graphene.Scalar):
    """Any JSON value, as the REST API shows it."""

    class Meta:
        name = "JSON"

    @staticmethod
    def serialize(value: Any) -> Any:
        return value

    @staticmethod
    def parse_value(value: Any) -> Any:
        return value

    @staticmethod
    def parse_literal(node: ValueNode, variables: dict[str, Any] | None = None) -> Any:
        return value_from_ast_untyped(node, variables)


class Instant(graphene.Scalar):
    """An instant of RFC 3339, with its offset."""

    @staticmethod
    def serialize(value: datetime) -> datetime:
        return value

    @staticmethod
    def parse_value(value: Any) -> datetime:
        try:
            if isinstance(value, str) and is_instant(value):
                return datetime.fromisoformat(value).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise GraphQLError("Expected an instant like 2030-01-31T12:00:00Z.")

    @classmethod
    def parse_literal(cls, node: ValueNode, _variables: Any = None) -> datetime:
        return cls.parse_value(node.value if isinstance(node, StringValueNode) else None)


class Uuid(graphene.Scalar):
    """A UUID (RFC 9562)."""

    class Meta:
        name = "UUID"

    serialize = str

    @staticmethod
    def parse_value(value: Any) -> uuid.UUID:
        try:
            return uuid.UUID(value)
        except (TypeError, ValueError, AttributeError):
            raise GraphQLError("Expected a UUID.") from None

    @classmethod
    def parse_literal(cls, node: ValueNode, _variables: Any = None) -> uuid.UUID:
        return cls.parse_value(node.value if isinstance(node, StringValueNode) else None)
