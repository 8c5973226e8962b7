"""Calls to Stripe, and its errors in our terms."""

from dataclasses import dataclass
from typing import Any

from contexts.billing.adapters.stripe.library import library
from contexts.billing.application.providers import CardRefused
from contexts.billing.domain.checkouts import PaymentsUnavailable
from contexts.shared.database.transactions.atomic import refuse_in_transaction

# Buyers wait for some of the calls. Stripe's own defaults are 80 seconds and two more tries.
TIMEOUT_SECONDS = 10
RETRIES = 1


@dataclass(frozen=True, slots=True)
class Calls:
    """`client` is the v1 of a stripe.StripeClient, by default of one with the key."""

    key: str
    client: Any = None
    address: str = ""

    def ask(self, call: Any) -> dict[str, Any]:
        """Return the answer. Raises PaymentsUnavailable, with Stripe's error as its cause."""
        refuse_in_transaction("calling Stripe")
        stripe = library()
        try:
            answer: Any = call(self.client or _client(self.key, self.address))
        except stripe.StripeError as error:
            raise PaymentsUnavailable from error
        found: dict[str, Any] = answer if isinstance(answer, dict) else answer.to_dict()
        return found

    def find(self, call: Any) -> dict[str, Any] | None:
        """Return the answer, None if Stripe does not know the object."""
        try:
            return self.ask(call)
        except PaymentsUnavailable as error:
            cause = error.__cause__
            if isinstance(cause, library().InvalidRequestError) and cause.http_status == 404:
                return None
            raise

    def make(self, call: Any) -> None:
        """Make something under an id of ours. A repeated request finds the first one."""
        try:
            self.ask(call)
        except PaymentsUnavailable as error:
            if getattr(error.__cause__, "code", "") != "resource_already_exists":
                raise

    def take(self, call: Any) -> None:
        """Charge a card. Raises CardRefused if the bank refuses to pay."""
        try:
            self.ask(call)
        except PaymentsUnavailable as error:
            if isinstance(error.__cause__, library().CardError):
                raise CardRefused from error
            raise


def _client(key: str, address: str) -> Any:
    stripe = library()
    client = stripe.StripeClient(
        key,
        base_addresses={"api": address} if address else {},
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        max_network_retries=RETRIES,
    )
    return client.v1
