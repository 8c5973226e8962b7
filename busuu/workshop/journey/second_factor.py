"""The chapter of the second factor: a colleague sets one up, enters with it and loses it."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError

from busuu.workshop.demo import PASSWORD
from busuu.workshop.journey.browser import Browser
from busuu.workshop.journey.client import eventually, promise
from busuu.workshop.journey.desk import Desk

COLLEAGUE = "sam@demo.example"
_LINK = re.compile(r"(\S+/account/enroll/\S+)")
_USERS = "identity/user"


@dataclass
class SecondFactor:
    """The demo colleague has none before and after, so that the journey can be taken again."""

    base_url: str
    mail_folder: Path
    secret: str = ""
    desk: Desk = field(init=False)
    colleague_id: str = ""

    def steps(self) -> list[Callable[[], Iterator[str]]]:
        return [self.enroll, self.enter, self.lose]

    def enroll(self) -> Iterator[str]:
        self.desk = Desk(self.base_url)
        [self.colleague_id] = self.desk.shows(_USERS, COLLEAGUE, 1)
        self._act("reset_second_factors")
        self._act("send_enrollment_links")
        browser = Browser()
        link, page = eventually(lambda: self._opened(browser), "a mailed enrollment link")
        self.secret = _between(page, 'class="secret">', "<")
        sealed = _between(page, 'name="sealed" value="', '"')
        # The code before, so that the one of now is left for signing in.
        code = _code(self.secret, steps=-1)
        status = browser.fill_in(link, sealed=sealed, password=PASSWORD, code=code)
        promise(status == 200, f"the second factor is set up: {status}")
        yield "an admin mailed a link, behind which a colleague set up a second factor"
        promise(self._opened(browser) is None, "the link is dead")
        yield "the link works once"

    def enter(self) -> Iterator[str]:
        browser, admin = Browser(), f"{self.base_url}/admin/"
        browser.fill_in(f"{admin}login/", username=COLLEAGUE, password=PASSWORD, next=admin)
        asked = browser.open(admin)
        promise("Codes left: 10." in asked, "the admin asks for a code")
        for number, code in ((1, "000000"), (2, _code(self.secret))):
            status = browser.fill_in(f"{admin}second-factor/", code=code)
            promise(status == (422 if number == 1 else 200), f"code {number}: {status}")
        promise("Site administration" in browser.open(admin), "the admin opens")
        yield "the admin refused a password alone and a wrong code, and opened for the right one"

    def lose(self) -> Iterator[str]:
        self._act("reset_second_factors")
        page = self.desk.open(f"{_USERS}/{self.colleague_id}/change/")
        promise("recovery codes" not in page, "the factor is gone")
        yield "an admin removed it, as for a lost phone"

    def _act(self, action: str) -> None:
        self.desk.act(action, _USERS, self.colleague_id)

    def _opened(self, browser: Browser) -> tuple[str, str] | None:
        """Return the link of the newest mail and its page, None if there is none or it is dead."""
        for mail in sorted(self.mail_folder.glob("*.log"), reverse=True):
            text = mail.read_text(encoding="utf-8")
            found = _LINK.search(text) if f"To: {COLLEAGUE}" in text else None
            if found:
                try:
                    return found[1], browser.open(found[1])
                except HTTPError:
                    return None
        return None


def _between(page: str, before: str, after: str) -> str:
    found = re.search(f"{re.escape(before)}([^{after}]+)", page)
    promise(found is not None, f"{before} on {page}")
    return found[1] if found else ""


def _code(secret: str, *, steps: int = 0) -> str:
    """Return the code of an authenticator app (RFC 6238), now or some steps of 30 s later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    number = struct.unpack(">I", digest[digest[-1] & 15 :][:4])[0] & 0x7FFF_FFFF
    return f"{number % 10**6:06}"
