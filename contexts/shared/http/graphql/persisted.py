"""Documents by their SHA-256, so that clients need not send them each time.

A client sends `extensions.persistedQuery.sha256Hash`, the first time together with the document.
Later the hash is enough. With GRAPHQL_ONLY_KNOWN, only documents of GRAPHQL_KNOWN run.
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

from contexts.shared.http.actor import Actor
from contexts.shared.http.throttling import Counted, Counts, LimitsUnavailable

_HASH = re.compile("[0-9a-f]{64}")
_VERSION = 1
RETENTION_SECONDS = 7 * 24 * 3600
_cache = Counts()


class MalformedHash(exceptions.ParseError):
    default_code = "malformed_persisted_query"
    default_detail = "A persisted query is {version: 1, sha256Hash: 64 hexadecimal digits}."


class HashDiffers(exceptions.ParseError):
    default_code = "persisted_query_hash_differs"
    default_detail = "The hash is not the SHA-256 of the document."


class UnknownHash(exceptions.ParseError):
    # Apollo's clients look for this message and send the document.
    graphql_message = "PersistedQueryNotFound"
    default_code = "persisted_query_not_found"
    default_detail = "This document is not known. Send it once together with its hash."


class NotAllowed(exceptions.PermissionDenied):
    default_code = "document_not_allowed"
    default_detail = "This server runs registered documents only."


def document_of(text: str | None, extensions: object) -> tuple[str | None, str | None]:
    """Return the document to run, and the hash under which to remember it if it is valid.

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
    """Store a valid document, so that later requests need only its hash.

    Does nothing if the caller is not signed in, has used up their share, or if the document
    contains texts: personal data belongs in variables and never in the cache.
    """
    if not actor.is_authenticated or _says_something(document):
        return
    # If the cache fails, the client sends the document again.
    with suppress(LimitsUnavailable):
        if _cache.get(_key(hash_), None) is None and Share().is_left_to(actor):
            _cache.set(_key(hash_), text, RETENTION_SECONDS)


class Share(Counted):
    """The number of documents that one caller may store. A client has some dozens."""

    rate = "200/day"

    def is_left_to(self, actor: Any) -> bool:
        """Whether the caller may store one more document. Counts it."""
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
    query = extensions.get("persistedQuery") if isinstance(extensions, Mapping) else None
    if query is None:
        return None
    if not isinstance(query, Mapping) or query.get("version") != _VERSION:
        raise MalformedHash
    hash_ = query.get("sha256Hash")
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
        text = text or _cache.get(_key(hash_), None)
    if not isinstance(text, str):
        raise UnknownHash
    return text


@cache
def _agreed(file: str) -> dict[str, str]:
    """Return the documents of a JSON file, by hash; an empty dict without a file."""
    if not file:
        return {}
    return {_sha256(text): text for text in orjson.loads(Path(file).read_bytes())}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _key(hash_: str) -> str:
    return f"graphql:{hash_}"
