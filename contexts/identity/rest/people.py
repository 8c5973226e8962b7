"""Other people, and being forgotten."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api, queries
from contexts.identity.rest import serializers
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import NotFound, now


class Person(ApiView):
    """A person as others see them."""

    operations = {"GET": "get_person"}
    serializer_class = serializers.PersonSerializer

    @refuses(NotFound)
    def get(self, request: Request, person: UUID) -> Response:
        return Response(queries.person(person, seen_by=self.actor.known_id))


class Following(ListView):
    """Whom the caller follows."""

    operations = {"GET": "list_following"}
    serializer_class = serializers.KnownSerializer
    ordering = ("-created_at", "-id")
    to_dto = staticmethod(queries.followed_person)

    def get_queryset(self) -> Any:
        return queries.following(self.actor.known_id)


class Follow(ApiView):
    """Hear of a person, or no more."""

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
    """Whom the caller has blocked."""

    operations = {"GET": "list_blocks"}
    serializer_class = serializers.KnownSerializer
    ordering = ("-created_at", "-id")
    to_dto = staticmethod(queries.blocked_person)

    def get_queryset(self) -> Any:
        return queries.blocked(self.actor.known_id)


class Block(ApiView):
    """Never meet a person again, or take that back."""

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


class Erasure(ApiView):
    """Be forgotten, two weeks from now; until then it can be withdrawn."""

    operations = {"GET": "get_erasure", "POST": "request_erasure", "DELETE": "withdraw_erasure"}
    serializer_class = serializers.ErasureSerializer

    @refuses(api.NoErasure)
    def get(self, request: Request) -> Response:
        wish = queries.erasure(self.actor.known_id)
        if wish is None:
            raise api.NoErasure
        return Response(wish)

    @extend_schema(request=None, responses={202: serializers.ErasureSerializer})
    @idempotent
    def post(self, request: Request) -> Response:
        api.request_erasure(user_id=self.actor.known_id, now=now())
        return Response(queries.erasure(self.actor.known_id), status=202)

    @extend_schema(request=None, responses={204: None})
    @refuses(api.NoErasure, api.ErasureUnderWay)
    def delete(self, request: Request) -> Response:
        api.withdraw_erasure(user_id=self.actor.known_id, now=now())
        return Response(status=204)
