"""Other people over GraphQL: following and blocking."""

from typing import Any
from uuid import UUID

import graphene

from contexts.identity import api, queries
from contexts.shared.http.graphql.connections import listing
from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import now

_SOMEBODY = {"person": Uuid(required=True)}
_ORDERING = ("-created_at", "-id")


def _load(context: Any, id_: UUID) -> queries.Person:
    return queries.person(id_, seen_by=context.actor.known_id)


class Person(DtoType, dto=queries.Person, node=_load): ...


class KnownPerson(DtoType, dto=queries.Known): ...


class Query:
    person = graphene.Field(Person, id=Uuid(required=True))
    following, resolve_following = listing(
        KnownPerson,
        queries.following,
        ordering=_ORDERING,
        to_nodes=lambda _, rows: [queries.followed_person(row) for row in rows],
    )
    blocks, resolve_blocks = listing(
        KnownPerson,
        queries.blocked,
        ordering=_ORDERING,
        to_nodes=lambda _, rows: [queries.blocked_person(row) for row in rows],
    )

    @staticmethod
    def resolve_person(_root: Any, info: Any, id: UUID) -> queries.Person:
        return _load(info.context, id)


class Mutation:
    follow = graphene.Boolean(**_SOMEBODY)
    unfollow = graphene.Boolean(**_SOMEBODY)
    block = graphene.Boolean(**_SOMEBODY, description="Neither can find, see or book the other.")
    unblock = graphene.Boolean(**_SOMEBODY)

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
