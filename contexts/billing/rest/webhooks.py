"""Webhooks of payment providers over REST."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.billing import api
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.errors import BodyTooLarge
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    received: bool


_Receipt = serializer_of(Receipt, "Taken")


class InvalidSignature(ParseError):
    default_code = "invalid_signature"
    default_detail = "The provider has not signed this."


class StaleSignature(ParseError):
    default_code = "stale_signature"
    default_detail = "The signature is too old, or from the future."


class MalformedNotice(ParseError):
    default_code = "malformed_notice"
    default_detail = "The signature is valid, but the body is not a webhook of this provider."


class RawParser(BaseParser):
    """A parser that returns the bytes as sent, since the signature is over them."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw: bytes = stream.read(limit + 1)
        if len(raw) > limit:
            raise BodyTooLarge
        return raw


class Webhooks(ApiView):
    """Receive a provider's webhook: verify its signature, store it once, act on it afterwards."""

    operations = {"POST": "receive_webhook"}
    authentication_classes = []
    permission_classes = [AllowAny]
    parser_classes = [RawParser]
    strict = False
    serializer_class = _Receipt

    @extend_schema(
        request={"application/json": OpenApiTypes.OBJECT},
        responses={200: _Receipt},
    )
    @refuses(InvalidSignature, StaleSignature, MalformedNotice, api.UnknownProvider)
    def post(self, request: Request, provider: str) -> Response:
        try:
            api.receive_webhook(
                provider=provider, body=_raw(request), headers=request.headers, now=now()
            )
        except api.NoticeRefused as refused:
            stale = refused.params.get("why") == "stale"
            raise (StaleSignature if stale else InvalidSignature) from None
        except api.MalformedNotice:
            raise MalformedNotice from None
        return Response(Receipt(received=True))


def _raw(request: Request) -> bytes:
    # Without a body, DRF returns an empty form instead of bytes.
    body: Any = request.data
    return body if isinstance(body, bytes) else b""
