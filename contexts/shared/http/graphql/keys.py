"""The Idempotency-Key header over GraphQL: it belongs to a request of one mutation."""

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
    default_detail = "An Idempotency-Key is for a request of one mutation alone."


def keyed(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """The mutation's first command runs once for the caller's key."""

    @functools.wraps(resolve)
    def once(root: Any, info: Any, *args: Any, **given: Any) -> Any:
        with claimed_key(info.context.key):
            return resolve(root, info, *args, **given)

    once.__dict__["takes_key"] = True
    return once


def key_for(request: HttpRequest, actor: Actor, mutation: OperationDefinitionNode) -> Key | None:
    """The request's key, for whichever field takes one. Raises MalformedKey, KeyForMany."""
    key = key_of(request, actor)
    fields = mutation.selection_set.selections
    if key and not (len(fields) == 1 and isinstance(fields[0], FieldNode)):
        raise KeyForMany
    return key
