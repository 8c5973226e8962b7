"""Idempotency-Key: one effect per key, and the same answer to every send of it.

An entry point puts the request's key into `claimed_key`; the outermost `atomic` writes it in
the same transaction as the command's work, together with what the command returned. A later
send of the key gets that result and runs nothing.
"""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from contexts.shared.kernel import Conflict, Invalid, now

if TYPE_CHECKING:
    from collections.abc import Iterator


class KeyReused(Invalid):
    code = "idempotency_key_reused"
    message = "This Idempotency-Key was used for another request."


class KeyInFlight(Conflict):
    code = "idempotency_key_in_flight"
    message = "A request with this Idempotency-Key is being worked on."


@dataclass(frozen=True, slots=True)
class Key:
    """A caller's key: `owner` is whose key it is, `fingerprint` the SHA-256 of the request."""

    owner: str
    value: str
    fingerprint: str


_claimed: ContextVar[Key | None] = ContextVar("claimed_idempotency_key", default=None)


@contextmanager
def claimed_key(key: Key | None) -> "Iterator[None]":
    """The next outermost command claims this key."""
    token = _claimed.set(key)
    try:
        yield
    finally:
        _claimed.reset(token)


def take_key() -> Key | None:
    """The key waiting to be claimed; taken once, so that only the first command claims it."""
    key = _claimed.get()
    if key is not None:
        _claimed.set(None)
    return key


def once(key: Key, command: Callable[[], Any], *, using: str) -> Any:
    """Run the command under its key, inside the transaction that the caller has opened.

    Raises KeyReused when the key came with another request, KeyInFlight when a twin that
    holds the key was rolled back under our feet.
    """
    from contexts.shared.database.models import IdempotencyKey

    rows = IdempotencyKey.objects.using(using)
    identity = {"owner": key.owner, "key": key.value}
    # A twin in flight holds the unique entry: this insert waits for its commit.
    rows.bulk_create(
        [IdempotencyKey(**identity, fingerprint=key.fingerprint, created_at=now())],
        ignore_conflicts=True,
    )
    row = rows.select_for_update().filter(**identity).first()
    if row is None:
        raise KeyInFlight
    if row.fingerprint != key.fingerprint:
        raise KeyReused
    if row.done:
        return _decode(row.result)
    result = command()
    rows.filter(pk=row.pk).update(done=True, result=_encode(result))
    return result


def _encode(result: object) -> dict[str, str] | None:
    if result is None:
        return None
    if isinstance(result, UUID):
        return {"uuid": str(result)}
    if isinstance(result, str):
        return {"text": result}
    raise TypeError(f"a command under an Idempotency-Key returns an id or nothing, not {result!r}")


def _decode(stored: dict[str, str] | None) -> UUID | str | None:
    if stored is None:
        return None
    return UUID(stored["uuid"]) if "uuid" in stored else stored["text"]


__all__ = ["Key", "KeyInFlight", "KeyReused", "claimed_key", "once", "take_key"]
