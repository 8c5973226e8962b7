"""Notifications over GraphQL."""

from typing import Any

import graphene

from contexts.community import api, queries
from contexts.community.rest.notifications import Read
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.connections import listing
from contexts.shared.http.graphql.derived import DtoType, arguments_of
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.kernel import now


class Notification(DtoType, dto=queries.Notification): ...


class StreamAddress(DtoType, dto=api.Stream): ...


class Query:
    notifications, resolve_notifications = listing(
        Notification,
        queries.notifications_of,
        ordering=("-number",),
        to_nodes=lambda context, rows: queries.notifications(rows, seen_by=context.actor.known_id),
        filters=queries.NotificationFilter,
        description="The caller's notifications, newest first.",
    )
    unread_notifications = graphene.Int()

    @staticmethod
    def resolve_unread_notifications(_root: Any, info: Any) -> int:
        return queries.unread_count(info.context.actor.known_id)


class Mutation:
    open_stream = graphene.Field(
        StreamAddress, description="Of notifications, as server-sent events."
    )
    read_notifications = graphene.Int(
        **arguments_of(Read), description="Returns the number of unread ones."
    )

    @staticmethod
    def resolve_open_stream(_root: Any, info: Any) -> api.Stream:
        actor = info.context.actor
        return api.open_stream(member_id=actor.known_id, session_id=actor.session_id, now=now())

    @staticmethod
    @keyed
    def resolve_read_notifications(_root: Any, info: Any, **arguments: Any) -> int:
        member_id = info.context.actor.known_id
        named = {name: value for name, value in arguments.items() if value is not None}
        ids = checked(Read, **named).get("ids")
        api.read_notifications(member_id=member_id, ids=ids, now=now())
        return queries.unread_count(member_id)
