"""The transaction boundary of a use case."""

import functools
import random
import time
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from contexts.shared.database.failures import room
from contexts.shared.database.failures.conflicts import is_conflict
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.placement.commands import command_on, in_command, open_commands
from contexts.shared.database.placement.replicas import note_write
from contexts.shared.database.transactions.idempotency import Key, once, take_key

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 3


class InsideATransaction(RuntimeError):
    """Slow or irrevocable work was about to run while rows are locked."""


def refuse_in_transaction(what: str) -> None:
    """Raises InsideATransaction if a use case's transaction is open.

    Guards calls of vendors, mail and password hashes.
    """
    if open_commands():
        raise InsideATransaction(f"{what} inside a transaction")


def for_context(context: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that runs a use case in one transaction on the context's database.

    The outermost use case opens the transaction and claims the request's Idempotency-Key. If
    another transaction was in the way, the whole command runs again, at most three times in all.
    An inner use case on the same database joins the transaction.
    """

    def atomic(use_case: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(use_case)
        def command(*args: P.args, **kwargs: P.kwargs) -> R:
            using = alias_of(context)
            if in_command(using):
                return use_case(*args, **kwargs)
            result: R = _outermost(functools.partial(use_case, *args, **kwargs), using=using)
            return result

        return command

    return atomic


def _outermost(command: Callable[[], Any], *, using: str) -> Any:
    key = take_key()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _in_transaction(command, key=key, using=using)
        except Exception as error:
            room.note(error, using=using)
            if attempt == ATTEMPTS or not is_conflict(error):
                raise
            # Without a random wait, parallel twins would meet again.
            time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311
    raise AssertionError("unreachable")


def _in_transaction(command: Callable[[], Any], *, key: Key | None, using: str) -> Any:
    with command_on(using), transaction.atomic(using=using):
        result = once(key, command, using=using) if key else command()
    note_write()
    return result
