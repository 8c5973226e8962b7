"""The Idempotency-Key header over GraphQL, for requests of one mutation."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from graphql import FieldNode, OperationDefinitionNode
from rest_framework.exceptions import ParseError

from contexts.shared.database.transactions.idempotency import Key, claimed_key
from contexts.shared.http.actor import Actor
from contexts.shared.http.idempotency import key_of


class KeyForMany(ParseError):
    default_code = "idempotency_key_for_many"
    default_detail = "An Idempotency-Key needs a request with exactly one mutation."


def keyed(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """Return the resolver with its first command run once per key of the caller."""

    @functools.wraps(resolve)
    def once(root: Any, info: Any, *args: Any, **arguments: Any) -> Any:
        with claimed_key(info.context.key):
            return resolve(root, info, *args, **arguments)

    once.__dict__["takes_key"] = True
    return once


def key_for(request: HttpRequest, actor: Actor, mutation: OperationDefinitionNode) -> Key | None:
    """Return the request's key, None without one. Raises MalformedKey, KeyForMany."""
    key = key_of(request, actor)
    fields = mutation.selection_set.selections
    if key and not (len(fields) == 1 and isinstance(fields[0], FieldNode)):
        raise KeyForMany
    return key
