"""Stripe behind our port, with a client that records calls and has fixed answers."""

from typing import Any

import pytest

from contexts.billing.adapters.stripe.provider import StripeProvider
from contexts.shared.kernel import new_id
from tests import needs

stripe = pytest.importorskip("stripe", reason=needs.STRIPE)

SECRET = "whsec_test"
CHECKOUT = new_id()


class Answers:
    """A stripe.StripeClient with fixed answers by the path of the call. Records the calls."""

    def __init__(self, path: str = "", **answers: Any) -> None:
        self._path, self._answers = path, answers
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        inner = Answers(f"{self._path}{name}.", **self._answers)
        inner.calls = self.calls
        return inner

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        path = self._path.rstrip(".").replace(".", "_")
        self.calls.append((path, args, kwargs))
        answer = self._answers[path]
        if isinstance(answer, Exception):
            raise answer
        return answer


def provider(**answers: Any) -> StripeProvider:
    return StripeProvider(key="sk_test", secret=SECRET, client=Answers(**answers))
