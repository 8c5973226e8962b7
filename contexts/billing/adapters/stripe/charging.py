"""Charging and releasing the card that a page of Stripe holds."""

from dataclasses import dataclass
from typing import Any

from contexts.billing.adapters.stripe import held
from contexts.billing.adapters.stripe.calls import Calls
from contexts.billing.adapters.stripe.orders import coupon_of
from contexts.billing.application.providers import CardRefused, Order


@dataclass(frozen=True, slots=True)
class HeldCards:
    calls: Calls

    def session(self, ref: str) -> dict[str, Any] | None:
        """Return a page with its card."""
        return self.calls.find(
            lambda client: client.checkout.sessions.retrieve(ref, params=held.EXPANDED)
        )

    def later(self, session: dict[str, Any]) -> dict[str, Any] | None:
        """Return the subscription or payment that a finished page's card was charged by."""
        if session["status"] != "complete" or held.is_charged(session):
            return None
        mine = {"customer": session["customer"], "limit": 100}
        if session["mode"] == "setup":
            every = {**mine, "status": "all"}
            found = self.calls.ask(lambda client: client.subscriptions.list(params=every))["data"]
            return next(iter(found), None)
        found = self.calls.ask(lambda client: client.payment_intents.list(params=mine))["data"]
        return next((one for one in found if one["status"] == "succeeded"), None)

    def charge(self, session: dict[str, Any], order: Order) -> None:
        """Charge by an order. Raises CardRefused, and the card is released then."""
        try:
            self._charge(session, order)
        except CardRefused:
            self.release(session)
            raise

    def _charge(self, session: dict[str, Any], order: Order) -> None:
        once = {"idempotency_key": f"{order.key}:charge:{order.quote}"}
        if order.months:
            self._subscribe(session, order, once)
            return
        intent = held.intent_of(session)["id"]
        if held.fits(session, order):
            self.calls.take(lambda client: client.payment_intents.capture(intent, options=once))
            return
        params = held.charging(session, order)
        self.calls.take(lambda client: client.payment_intents.create(params=params, options=once))
        self.calls.ask(lambda client: client.payment_intents.cancel(intent))

    def _subscribe(self, session: dict[str, Any], order: Order, once: dict[str, str]) -> None:
        if named := held.named(session):
            customer = session["customer"]
            self.calls.ask(lambda client: client.customers.update(customer, params=named))
        product = held.product_of(order)
        self.calls.make(lambda client: client.products.create(params=product))
        params = held.subscribing(session, order)
        if order.first != order.renewal:
            coupon = coupon_of(order)
            self.calls.make(lambda client: client.coupons.create(params=coupon))
            params["discounts"] = [{"coupon": coupon["id"]}]
        self.calls.take(lambda client: client.subscriptions.create(params=params, options=once))

    def release(self, session: dict[str, Any]) -> None:
        """Give a held card back."""
        intent = held.intent_of(session)
        if session["mode"] == "setup":
            method = intent["payment_method"]["id"]
            self.calls.ask(lambda client: client.payment_methods.detach(method))
        else:
            self.calls.ask(lambda client: client.payment_intents.cancel(intent["id"]))
