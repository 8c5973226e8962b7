"""The admin, as staff see it. The journey looks things up there."""

import re
from urllib.parse import quote

from busuu.workshop.demo import PASSWORD
from busuu.workshop.journey.browser import Browser
from busuu.workshop.journey.client import promise

EMAIL = "admin@demo.example"


class Desk:
    """A session in the admin."""

    def __init__(self, base_url: str) -> None:
        self._admin, self._browser = f"{base_url}/admin", Browser()
        form = {"username": EMAIL, "password": PASSWORD, "next": "/admin/"}
        status = self._browser.fill_in(f"{self._admin}/login/", **form)
        promise(status == 200, f"the admin opens: {status}")

    def open(self, path: str) -> str:
        """Return a page of the admin."""
        return self._browser.open(f"{self._admin}/{path}")

    def act(self, action: str, model: str, row: str) -> None:
        """Take an action of the admin on one row."""
        address = f"{self._admin}/{model}/"
        form = {"action": action, "_selected_action": row, "reason": "the journey"}
        status = self._browser.fill_in(address, **form)
        promise(status == 200, f"{action} of {row}: {status}")

    def list(self, model: str, search: str) -> str:
        """Return the list page of a model for a search."""
        return self.open(f"{model}/?q={quote(search)}")

    def found(self, model: str, search: str) -> set[str]:
        """Return the ids that the list of a model shows for a search."""
        pattern = rf"/admin/{model}/([^/\"]+)/change/"
        return set(re.findall(pattern, self.list(model, search)))

    def shows(self, model: str, search: str, count: int) -> set[str]:
        """Return these ids. Raises BrokenPromise if their number is not `count`."""
        found = self.found(model, search)
        promise(len(found) == count, f"{count} of {model} for {search}: {found}")
        return found

    def cell(self, model: str, search: str, column: str) -> str:
        """Return a cell of the only row that the list of a model shows for a search."""
        found = re.findall(rf'data-label="{column}"[^>]*>([^<]+)<', self.list(model, search))
        promise(len(found) == 1, f"one {column} of {model} for {search}: {found}")
        return str(found[0]).strip()

    def entries(self, account: str) -> dict[str, int]:
        """Return the entries of a ledger account: transaction to minor units."""
        pattern = r'data-label="minor">(-?\d+)<.*?data-label="transaction">([^<]+)<'
        page = self.list("billing/ledgerentry", account)
        return {cause: int(minor) for minor, cause in re.findall(pattern, page, re.DOTALL)}
