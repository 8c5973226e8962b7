"""Somebody of the staff at the admin; nothing there is told to them."""

import re
from urllib.parse import quote

from busuu.workshop.demo import PASSWORD
from busuu.workshop.journey.browser import Browser
from busuu.workshop.journey.client import promise

EMAIL = "admin@demo.example"


class Desk:
    """The admin, signed in to."""

    def __init__(self, base_url: str) -> None:
        self._admin, self._browser = f"{base_url}/admin", Browser()
        form = {"username": EMAIL, "password": PASSWORD, "next": "/admin/"}
        status = self._browser.fill_in(f"{self._admin}/login/", **form)
        promise(status == 200, f"the admin opens: {status}")

    def open(self, path: str) -> str:
        """A page of the admin."""
        return self._browser.open(f"{self._admin}/{path}")

    def list(self, model: str, search: str) -> str:
        """The page on which the model's rows for a search are listed."""
        return self.open(f"{model}/?q={quote(search)}")

    def found(self, model: str, search: str) -> set[str]:
        """The ids of what the model's list shows for a search."""
        pattern = rf"/admin/{model}/([^/\"]+)/change/"
        return set(re.findall(pattern, self.list(model, search)))

    def shows(self, model: str, search: str, count: int) -> set[str]:
        """The ids, of which there are so many. Raises BrokenPromise when there are not."""
        found = self.found(model, search)
        promise(len(found) == count, f"{count} of {model} for {search}: {found}")
        return found

    def entries(self, account: str) -> dict[str, int]:
        """By transaction, what the ledger's list shows of an account, in minor units."""
        pattern = r'data-label="minor">(-?\d+)<.*?data-label="transaction">([^<]+)<'
        page = self.list("billing/ledgerentry", account)
        return {cause: int(minor) for minor, cause in re.findall(pattern, page, re.DOTALL)}
