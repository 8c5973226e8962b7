"""Documents by their SHA-256, so that clients need not send them each time.

A client sends `extensions.persistedQuery.sha256Hash`, at first with the document; from then on
the hash is enough. Where GRAPHQL_ONLY_KNOWN is on, nothing runs but what GRAPHQL_KNOWN holds.
"""

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, cast

import orjson
from django.conf import settings
from graphql import BREAK, DocumentNode, Visitor, visit
from rest_framework import exceptions
from rest_framework.throttling import SimpleRateThrottle

from contexts.shared.http.actor import Actor
from contexts.shared.http.throttling import Counts, LimitsUnavailable

_HASH = re.compile("[0-9a-f]{64}")
_VERSION = 1
KEPT_SECONDS = 7 * 24 * 3600
_kept = Counts()


class MalformedHash(exceptions.ParseError):
    default_code = "malformed_persisted_query"
    default_detail = "A persisted query is {version: 1, sha256Hash: 64 hexadecimal digits}."


class HashDiffers(exceptions.ParseError):
    default_code = "persisted_query_hash_differs"
    default_detail = "This is not the SHA-256 of the document."


class UnknownHash(exceptions.ParseError):
    default_code = "persisted_query_not_found"
    default_detail = "We do not know this document: send it once with its hash."


class NotAllowed(exceptions.PermissionDenied):
    default_code = "document_not_allowed"
    default_detail = "Only documents that were agreed on are run here."


def asked_document(text: str | None, extensions: object) -> tuple[str | None, str | None]:
    """The document to run and the hash to remember it by once it has proved good.

    Raises MalformedHash, HashDiffers, UnknownHash, NotAllowed.
    """
    wanted = _hash_of(extensions)
    if settings.GRAPHQL_ONLY_KNOWN:
        return _allowed(wanted or (_sha256(text) if text is not None else "")), None
    if wanted is None:
        return text, None
    if text is None:
        return _known(wanted), None
    if _sha256(text) != wanted:
        raise HashDiffers
    return text, wanted


def remember(hash_: str, text: str, document: DocumentNode, actor: Actor) -> None:
    """Keep a good document for whoever sends its hash, in whichever process.

    Only of a caller who is known, within their share, and only one without texts of its own:
    what a person says belongs into variables, and nothing of it into a cache.
    """
    if not actor.is_authenticated or _says_something(document):
        return
    # Without the cache it is sent in full again.
    with suppress(LimitsUnavailable):
        if _kept.get(_key(hash_), None) is None and Share().is_left_to(actor):
            _kept.set(_key(hash_), text, KEPT_SECONDS)


class Share(SimpleRateThrottle):
    """What one caller may have us keep; a client has some dozens of documents."""

    cache: Any = _kept
    rate = "200/day"

    def is_left_to(self, actor: Any) -> bool:
        """Counts against it."""
        return self.allow_request(actor, cast(Any, None))

    def get_cache_key(self, actor: Any, view: Any) -> str:
        return f"graphql-share:{actor.id}"


def _says_something(document: DocumentNode) -> bool:
    texts = _Texts()
    visit(document, texts)
    return texts.found


class _Texts(Visitor):
    found = False

    def enter_string_value(self, *_: Any) -> Any:
        self.found = True
        return BREAK


def _hash_of(extensions: object) -> str | None:
    asked = extensions.get("persistedQuery") if isinstance(extensions, Mapping) else None
    if asked is None:
        return None
    if not isinstance(asked, Mapping) or asked.get("version") != _VERSION:
        raise MalformedHash
    hash_ = asked.get("sha256Hash")
    if not isinstance(hash_, str) or not _HASH.fullmatch(hash_):
        raise MalformedHash
    return hash_


def _allowed(hash_: str) -> str:
    text = _agreed(settings.GRAPHQL_KNOWN).get(hash_)
    if text is None:
        raise NotAllowed
    return text


def _known(hash_: str) -> str:
    text: Any = _agreed(settings.GRAPHQL_KNOWN).get(hash_)
    with suppress(LimitsUnavailable):
        text = text or _kept.get(_key(hash_), None)
    if not isinstance(text, str):
        raise UnknownHash
    return text


@cache
def _agreed(file: str) -> dict[str, str]:
    """The documents of a JSON list, by hash; none without a file."""
    if not file:
        return {}
    return {_sha256(text): text for text in orjson.loads(Path(file).read_bytes())}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _key(hash_: str) -> str:
    return f"graphql:{hash_}"
