"""Other people, and being forgotten, over GraphQL."""

from typing import Any
from uuid import UUID

import graphene

from contexts.identity import api, queries
from contexts.identity.graphql import types
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import now

_SOMEBODY = {"person": Uuid(required=True)}
_ORDERING = ("-created_at", "-id")


class Query:
    person = graphene.Field(types.Person, id=Uuid(required=True))
    following = graphene.Field(connection(types.KnownPerson), **PAGE_ARGUMENTS)
    blocks = graphene.Field(connection(types.KnownPerson), **PAGE_ARGUMENTS)
    erasure = graphene.Field(
        types.Erasure, description="The wish to be forgotten, if there is one."
    )

    @staticmethod
    def resolve_person(_root: Any, info: Any, id: UUID) -> queries.Person:
        return queries.person(id, seen_by=info.context.actor.known_id)

    @staticmethod
    def resolve_following(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None
    ) -> Page:
        return page_of(
            queries.following(info.context.actor.known_id),
            ordering=_ORDERING,
            first=first,
            after=after,
            to_nodes=lambda rows: [queries.followed_person(row) for row in rows],
        )

    @staticmethod
    def resolve_blocks(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None
    ) -> Page:
        return page_of(
            queries.blocked(info.context.actor.known_id),
            ordering=_ORDERING,
            first=first,
            after=after,
            to_nodes=lambda rows: [queries.blocked_person(row) for row in rows],
        )

    @staticmethod
    def resolve_erasure(_root: Any, info: Any) -> queries.ErasureState | None:
        return queries.erasure(info.context.actor.known_id)


class Mutation:
    follow = graphene.Boolean(**_SOMEBODY)
    unfollow = graphene.Boolean(**_SOMEBODY)
    block = graphene.Boolean(**_SOMEBODY, description="Neither will see the other anywhere.")
    unblock = graphene.Boolean(**_SOMEBODY)
    request_erasure = graphene.Field(types.Erasure, description="Be forgotten, two weeks from now.")
    withdraw_erasure = graphene.Boolean()

    @staticmethod
    def resolve_follow(_root: Any, info: Any, person: UUID) -> bool:
        api.follow(follower_id=info.context.actor.known_id, followed_id=person, now=now())
        return True

    @staticmethod
    def resolve_unfollow(_root: Any, info: Any, person: UUID) -> bool:
        api.unfollow(follower_id=info.context.actor.known_id, followed_id=person, now=now())
        return True

    @staticmethod
    def resolve_block(_root: Any, info: Any, person: UUID) -> bool:
        api.block(blocker_id=info.context.actor.known_id, blocked_id=person, now=now())
        return True

    @staticmethod
    def resolve_unblock(_root: Any, info: Any, person: UUID) -> bool:
        api.unblock(blocker_id=info.context.actor.known_id, blocked_id=person, now=now())
        return True

    @staticmethod
    @keyed
    def resolve_request_erasure(_root: Any, info: Any) -> queries.ErasureState | None:
        api.request_erasure(user_id=info.context.actor.known_id, now=now())
        return queries.erasure(info.context.actor.known_id)

    @staticmethod
    def resolve_withdraw_erasure(_root: Any, info: Any) -> bool:
        api.withdraw_erasure(user_id=info.context.actor.known_id, now=now())
        return True
