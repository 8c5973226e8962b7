"""The third chapter: Premium and lesson credits, paid on the page of the sandbox."""

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from busuu.workshop.journey.browser import Browser
from busuu.workshop.journey.client import eventually, promise
from busuu.workshop.journey.people import Newcomer

PREMIUM, PACK = "premium-monthly", "lessons-5"
GOOD_CARD, DECLINED_CARD = "4242424242424242", "4000000000000002"
PREMIUM_LESSON = "day.l.weather"
LESSON = """query ($id: UUID!, $lesson: String!) {
  enrollment(id: $id) { lesson(lesson: $lesson) { lesson premium } } }"""
ENTITLEMENTS = "{ entitlements { premium { active until sources { kind state from until } } } }"
PRICES = "{ prices { product amount currency } }"
CHECKOUT = """mutation ($product: String!) {
  beginCheckout(product: $product) { id amount currency url } }"""
INVOICES = "{ invoices(first: 20) { nodes { id number product net tax gross } } }"
WALLET = "{ wallet { available held bookable } }"

# Access goes on for so long after a paid period, in case the renewal is late.
LEEWAY = timedelta(days=1)


@dataclass
class Paying:
    """`enrollment` is the customer's, in a course with a premium lesson."""

    base_url: str
    customer: Newcomer
    enrollment: str
    webhooks: list[str] = field(init=False, default_factory=list)
    # The price of five credits without tax, in minor units.
    net: int = field(init=False, default=0)

    def steps(self) -> list[Callable[[], Iterator[str]]]:
        return [self.closed, self.buy_premium, self.open, self.buy_lessons]

    def closed(self) -> Iterator[str]:
        code = self._lesson_refused()
        promise(code == "premium_required", code)
        yield "a premium lesson was refused: premium_required"

    def _lesson_refused(self) -> str:
        variables = {"id": self.enrollment, "lesson": PREMIUM_LESSON}
        return self.customer.client.refused(LESSON, **variables)

    def buy_premium(self) -> Iterator[str]:
        prices = self.customer.client.ask(PRICES)["prices"]
        price = next(one for one in prices if one["product"] == PREMIUM)
        promise(price["currency"] == "COP", f"in the currency of their country: {price}")
        bought = self._begin(PREMIUM)
        promise(bought["amount"] == price["amount"], f"at the price that is shown: {bought}")
        amount = f"{price['amount'] / 100:,.0f} COP"
        yield f"one checkout of Premium for {amount}, requested twice with one key"
        browser = Browser()
        promise(browser.fill_in(bought["url"], card=DECLINED_CARD) == 402, "the card is declined")
        promise(browser.fill_in(bought["url"], card=GOOD_CARD, hold="1") == 200, "the card pays")
        entitled = self._premium()
        promise(not entitled["active"], f"there is no Premium yet: {entitled}")
        yield "one card was declined, another paid; the sandbox kept its webhooks back"
        # The first webhook lets the shop charge the card, and the charge has one of its own.
        self._send(self._webhooks(bought["url"])[-1:])
        webhooks = eventually(lambda: self._charged(bought["url"]), "the charge")
        self.webhooks = [json.loads(event["body"])["id"] for event in webhooks]
        self._send([*reversed(webhooks), *webhooks])
        yield f"{len(webhooks)} webhooks arrived in the wrong order, each of them twice"

    def _charged(self, url: str) -> list[Any]:
        webhooks = self._webhooks(url)
        charged = any(one["type"] == "subscription.created" for one in webhooks)
        return webhooks if charged else []

    def _send(self, webhooks: list[Any]) -> None:
        for event in webhooks:
            path = f"/billing/sandbox/events/{event['id']}/send"
            answer = self.customer.client.call("POST", path)
            promise(answer["status"] == 200, f"{event} got {answer}")

    def open(self) -> Iterator[str]:
        entitled = eventually(self._active, "Premium")
        promise(len(entitled["sources"]) == 1, f"once: {entitled}")
        why = entitled["sources"][0]
        promise((why["kind"], why["state"]) == ("subscription", "active"), f"why: {why}")
        since, until = (datetime.fromisoformat(why[end]) for end in ("from", "until"))
        promise(_is_a_month(since, until), f"until when: {why}")
        promise(datetime.fromisoformat(entitled["until"]) == until, f"until when: {entitled}")
        yield f"Premium lasts until {until:%Y-%m-%d}; its source is an {why['state']} {why['kind']}"
        variables = {"id": self.enrollment, "lesson": PREMIUM_LESSON}
        eventually(lambda: not self._is_closed(), "the premium lesson")
        lesson = self.customer.client.ask(LESSON, **variables)["enrollment"]["lesson"]
        promise(lesson["premium"], f"{lesson}")
        yield "the premium lesson is open"
        mine = self._invoice(PREMIUM)
        promise(mine["net"] + mine["tax"] == mine["gross"], f"it adds up: {mine}")
        pdf = self.customer.client.send("GET", f"/api/v1/billing/invoices/{mine['id']}/pdf")
        promise(pdf.status == 200, f"the invoice as PDF: {pdf.status}")
        yield f"invoice {mine['number']} is there, also as a PDF"

    def _is_closed(self) -> bool:
        body = {
            "query": LESSON,
            "variables": {"id": self.enrollment, "lesson": PREMIUM_LESSON},
        }
        return bool(self.customer.client.call("POST", "/graphql", body).get("errors"))

    def buy_lessons(self) -> Iterator[str]:
        bought = self._checkout(PACK)
        promise(Browser().fill_in(bought["url"], card=GOOD_CARD) == 200, "the card pays")
        wallet = eventually(self._filled, "five lesson credits")
        promise((wallet["bookable"], wallet["held"]) == (5, 0), f"{wallet}")
        self.net = self._invoice(PACK)["net"]
        yield "the customer bought five lesson credits"

    def _filled(self) -> Any:
        wallet = self.customer.client.ask(WALLET)["wallet"]
        return wallet if wallet["bookable"] else None

    def _invoice(self, product: str) -> Any:
        invoices = self.customer.client.ask(INVOICES)["invoices"]["nodes"]
        mine = [one for one in invoices if one["product"] == product]
        promise(len(mine) == 1, f"one invoice: {invoices}")
        return mine[0]

    def _begin(self, product: str) -> Any:
        key, client = secrets.token_hex(16), self.customer.client
        first = client.ask(CHECKOUT, key=key, product=product)["beginCheckout"]
        again = client.ask(CHECKOUT, key=key, product=product)["beginCheckout"]
        promise(first == again, f"one key, one checkout: {first}, {again}")
        code = client.refused(CHECKOUT, key=key, product="other")
        promise(code == "idempotency_key_reused", code)
        return first

    def _checkout(self, product: str) -> Any:
        key, body = {"Idempotency-Key": secrets.token_hex(16)}, {"product": product}
        path, client = "/api/v1/billing/checkouts", self.customer.client
        first = client.call("POST", path, body, expect=201, headers=key)
        again = client.call("POST", path, body, expect=201, headers=key)
        promise(first == again, f"one key, one checkout: {first}, {again}")
        other = client.call("POST", path, {"product": "other"}, expect=422, headers=key)
        promise(other["code"] == "idempotency_key_reused", f"{other}")
        return first

    def _webhooks(self, url: str) -> list[Any]:
        path = urlsplit(url).path
        return list(self.customer.client.call("GET", f"{path}/events")["events"])

    def _premium(self) -> Any:
        return self.customer.client.ask(ENTITLEMENTS)["entitlements"]["premium"]

    def _active(self) -> Any:
        premium = self._premium()
        return premium if premium["active"] else None


def _is_a_month(since: datetime, until: datetime) -> bool:
    """Return whether a period is a month and the leeway. A short month ends on its last day."""
    end = until - LEEWAY
    next_month = end.month == since.month % 12 + 1
    same_day = end.day == since.day or 28 <= end.day < since.day
    return next_month and same_day and end.time() == since.time()
