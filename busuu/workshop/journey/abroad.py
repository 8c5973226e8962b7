"""A buyer whose card is of another country: a new price first, then the money."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from busuu.workshop.journey.browser import Browser
from busuu.workshop.journey.client import eventually, promise
from busuu.workshop.journey.people import Newcomer

PACK, AMERICAN_CARD = "lessons-1", "4000008400000001"
CHECKOUT = """query ($id: UUID!) { checkout(id: $id) { status quote {
  number reason old { country amount tax currency } new { country amount tax currency } } } }"""
CONFIRM = """mutation ($id: UUID!, $quote: Int!) {
  confirmCheckout(id: $id, quote: $quote) { status country amount currency } }"""
INVOICES = "{ invoices(first: 5) { nodes { gross tax currency country } } }"
WALLET = "{ wallet { bookable } }"


@dataclass
class Abroad:
    """`customer` lives in Germany, by the profile."""

    base_url: str
    customer: Newcomer
    checkout: dict[str, Any] = field(init=False, default_factory=dict)
    quote: dict[str, Any] = field(init=False, default_factory=dict)

    def steps(self) -> list[Callable[[], Iterator[str]]]:
        return [self.requoted, self.confirm]

    def requoted(self) -> Iterator[str]:
        client, key = self.customer.client, {"Idempotency-Key": secrets.token_hex(16)}
        path, body = "/api/v1/billing/checkouts", {"product": PACK}
        self.checkout = client.call("POST", path, body, expect=201, headers=key)
        promise(self.checkout["currency"] == "EUR", f"quoted by the profile: {self.checkout}")
        paid = Browser().fill_in(self.checkout["url"], card=AMERICAN_CARD)
        promise(paid == 200, "the card is taken")
        self.quote = eventually(self._quote, "the new price")
        old, new = self.quote["old"], self.quote["new"]
        promise((old["country"], new["country"]) == ("DE", "US"), f"{self.quote}")
        promise(old["tax"] > 0 == new["tax"], f"taxed where the buyer is: {self.quote}")
        wallet = client.ask(WALLET)["wallet"]
        promise(wallet["bookable"] == 0, f"nothing is sold yet: {wallet}")
        yield (
            f"a card of the United States brought a new price and no charge: "
            f"{_said(old)} became {_said(new)}"
        )

    def confirm(self) -> Iterator[str]:
        client, about = self.customer.client, {"id": self.checkout["id"]}
        code = client.refused(CONFIRM, quote=self.quote["number"] + 1, **about)
        promise(code == "quote_changed", code)
        yield "a price that was not shown cannot be confirmed: quote_changed"
        done = client.ask(CONFIRM, quote=self.quote["number"], **about)["confirmCheckout"]
        new = self.quote["new"]
        promise((done["amount"], done["currency"]) == (new["amount"], "USD"), f"{done}")
        eventually(lambda: client.ask(WALLET)["wallet"]["bookable"] == 1, "one lesson credit")
        [invoice] = client.ask(INVOICES)["invoices"]["nodes"]
        promise((invoice["country"], invoice["tax"]) == ("US", 0), f"{invoice}")
        yield "the buyer confirmed it; the card was charged, and the invoice is for that country"

    def _quote(self) -> Any:
        found = self.customer.client.ask(CHECKOUT, id=self.checkout["id"])["checkout"]
        return found["quote"] if found["status"] == "requoted" else None


def _said(terms: dict[str, Any]) -> str:
    return f"{terms['amount'] / 100:.2f} {terms['currency']}"
