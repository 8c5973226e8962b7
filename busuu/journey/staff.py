"""What staff see of the story in the admin; nothing there was told to them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from busuu.demo import PASSWORD
from busuu.journey.browser import Browser
from busuu.journey.client import promise
from busuu.journey.people import Newcomer

EMAIL = "admin@demo.example"


@dataclass
class Staff:
    """`person` wrote `text`, which `corrector` corrected, bought, and had lessons."""

    base_url: str
    person: Newcomer
    corrector: str
    text: str
    browser: Browser = field(init=False, default_factory=Browser)

    def steps(self) -> list[Callable[[], Iterator[str]]]:
        return [self.sign_in, self.feedback, self.money, self.lessons, self.events]

    def sign_in(self) -> Iterator[str]:
        form = {"username": EMAIL, "password": PASSWORD, "next": "/admin/"}
        status = self.browser.fill_in(f"{self.base_url}/admin/login/", **form)
        promise(status == 200, f"the admin opens: {status}")
        yield f"{EMAIL} signed in to the admin"

    def feedback(self) -> Iterator[str]:
        self._shows("community/submission", self.text, 1)
        self._shows("community/correction", self.text, 1)
        points = self._found("community/pointsentry", self.corrector)
        told = self._found("community/notification", self.person.id)
        promise(bool(told and points), f"what both have of it: {told}, {points}")
        yield f"the text, its correction, {len(told)} notifications and {len(points)} points lines"

    def money(self) -> Iterator[str]:
        self._shows("billing/checkout", self.person.id, 2)
        self._shows("billing/subscription", self.person.id, 1)
        self._shows("billing/invoice", self.person.id, 2)
        self._shows("billing/entitlement", self.person.id, 1)
        self._shows("billing/wallet", self.person.id, 1)
        holds = self._found("billing/credithold", self.person.id)
        promise(len(holds) == 3, f"three credits were held: {holds}")
        yield "two purchases, their invoices, Premium, the wallet and its three holds"
        spent = [one for one in holds if self._found("billing/ledgertransaction", f"spent:{one}")]
        promise(len(spent) == 2, f"two of them were spent: {spent}")
        page = self.browser.open(f"{self.base_url}/admin/billing/ledgeraccount/add-up/")
        promise("Everything adds up." in page, "the ledger sums to zero")
        yield "the ledger adds up"

    def lessons(self) -> Iterator[str]:
        self._shows("tutoring/lesson", self.person.id, 3)
        page = self._page("tutoring/lesson", self.person.id)
        promise(page.lower().count("canceled") >= 2, "two were canceled")
        yield "three lessons, one completed and two canceled"

    def events(self) -> Iterator[str]:
        told = self._found("messaging/storedevent", self.person.id)
        promise(len(told) > 10, f"the events of the story: {told}")
        yield f"{len(told)} events on one page of the log"

    def _shows(self, model: str, search: str, count: int) -> None:
        found = self._found(model, search)
        promise(len(found) == count, f"{count} of {model} for {search}: {found}")

    def _found(self, model: str, search: str) -> set[str]:
        """The ids of what the model's list shows for a search."""
        pattern = rf"/admin/{model}/([^/\"]+)/change/"
        return set(re.findall(pattern, self._page(model, search)))

    def _page(self, model: str, search: str) -> str:
        return self.browser.open(f"{self.base_url}/admin/{model}/?q={quote(search)}")
