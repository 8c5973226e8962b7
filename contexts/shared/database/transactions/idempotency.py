"""Idempotency-Key: one effect and one result per key, even if it is sent many times.

An entry point puts the request's key into `claimed_key`. The outermost `atomic` writes it in the
same transaction as the command's work, together with the command's result. A later request with
the key gets that result and runs nothing.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import Invalid, now


class KeyReused(Invalid):
    code = "idempotency_key_reused"
    message = "This Idempotency-Key was used for another request. Send a new key."


@dataclass(frozen=True, slots=True)
class Key:
    """A caller's key. `owner` is the caller, `fingerprint` the SHA-256 of the request."""

    owner: str
    value: str
    fingerprint: str


_claimed: ContextVar[Key | None] = ContextVar("claimed_idempotency_key", default=None)


@contextmanager
def claimed_key(key: Key | None) -> Iterator[None]:
    """Let the next outermost command claim this key."""
    token = _claimed.set(key)
    try:
        yield
    finally:
        _claimed.reset(token)


def take_key() -> Key | None:
    """Return the key that waits to be claimed, once: only the first command claims it."""
    key = _claimed.get()
    if key is not None:
        _claimed.set(None)
    return key


def once(key: Key, command: Callable[[], Any], *, using: str) -> Any:
    """Run the command under its key, inside the transaction that the caller has opened.

    Waits for a parallel request with the same key. Raises KeyReused if the key came with another
    request.
    """
    from contexts.shared.database.models import IdempotencyKey

    hashed = _hashed(key)
    fresh = IdempotencyKey(
        owner=key.owner, key=hashed, fingerprint=key.fingerprint, created_at=now()
    )
    # Earlier releases stored the key itself. Its last rows are gone two days after the deploy.
    row = lock_row(fresh, using=using, owner=key.owner, key__in=[hashed, key.value])
    if row.fingerprint != key.fingerprint:
        raise KeyReused
    if row.done:
        return _decode(row.result)
    result = command()
    row.done, row.result = True, _encode(result)
    row.save(using=using, update_fields=["done", "result"])
    return result


def _hashed(key: Key) -> str:
    # People write into keys what should not outlive them: order numbers, even names.
    return hashlib.sha256(f"{key.owner}:{key.value}".encode()).hexdigest()


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
