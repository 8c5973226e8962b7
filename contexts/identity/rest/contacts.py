"""Other people over REST: following and blocking."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api, queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import NotFound, now


class Person(ApiView):
    """A person as others see them."""

    operations = {"GET": "get_person"}
    serializer_class = serializer_of(queries.Person)

    @refuses(NotFound)
    def get(self, request: Request, person: UUID) -> Response:
        return Response(queries.person(person, seen_by=self.actor.known_id))


class Following(ListView):
    """The people whom the caller follows."""

    operations = {"GET": "list_following"}
    serializer_class = serializer_of(queries.Known)
    ordering = ("-created_at", "-id")
    to_dto = staticmethod(queries.followed_person)

    def get_queryset(self) -> Any:
        return queries.following(self.actor.known_id)


class Follow(ApiView):
    """Follow or unfollow a person."""

    operations = {"PUT": "follow", "DELETE": "unfollow"}

    @extend_schema(request=None, responses={204: None})
    @refuses(api.UnknownPerson, api.NotYourself)
    def put(self, request: Request, person: UUID) -> Response:
        api.follow(follower_id=self.actor.known_id, followed_id=person, now=now())
        return Response(status=204)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, person: UUID) -> Response:
        api.unfollow(follower_id=self.actor.known_id, followed_id=person, now=now())
        return Response(status=204)


class Blocks(ListView):
    """The people whom the caller blocks."""

    operations = {"GET": "list_blocks"}
    serializer_class = serializer_of(queries.Known)
    ordering = ("-created_at", "-id")
    to_dto = staticmethod(queries.blocked_person)

    def get_queryset(self) -> Any:
        return queries.blocked(self.actor.known_id)


class Block(ApiView):
    """Block or unblock a person. Neither can find, see or book the other."""

    operations = {"PUT": "block", "DELETE": "unblock"}

    @extend_schema(request=None, responses={204: None})
    @refuses(api.UnknownPerson, api.NotYourself)
    def put(self, request: Request, person: UUID) -> Response:
        api.block(blocker_id=self.actor.known_id, blocked_id=person, now=now())
        return Response(status=204)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, person: UUID) -> Response:
        api.unblock(blocker_id=self.actor.known_id, blocked_id=person, now=now())
        return Response(status=204)
