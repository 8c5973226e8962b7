"""Staff set up a second factor and enter the admin with it, in a browser."""

import base64
import hmac
import os
import struct
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contexts.identity import api as identity
from contexts.shared.kernel import new_id, now
from tests.browser.barriers import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a password of the staff"


def _totp(secret: str, *, steps: int = 0) -> str:
    """Return the code of RFC 6238 for a secret, now or some steps later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    number = struct.unpack(">I", digest[digest[-1] & 15 :][:4])[0] & 0x7FFF_FFFF
    return f"{number % 10**6:06}"


@pytest.fixture
def _deployed(settings: Any, live_server: Any) -> None:
    settings.PUBLIC_URL, settings.DEVELOPMENT = live_server.url, False


def _look(page: Page, name: str) -> None:
    """Keep a picture of the page if SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def _enroll(page: Page, server: Any, address: str) -> tuple[str, list[str]]:
    """Follow an enrollment link to its end. Return the secret and the recovery codes."""
    token = identity.create_staff(user_id=new_id(), email=address, role="admin", now=now())
    page.goto(f"{server.url}/account/enroll/{token}")
    _look(page, "enroll")
    secret = page.locator(".secret").inner_text()
    page.get_by_label("New password").fill(PASSWORD)
    # The code before, so that the one of now is left for signing in.
    page.get_by_label("Code that your app shows").fill(_totp(secret, steps=-1))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    _look(page, "recovery-codes")
    assert_accessible(page)
    return secret, page.locator(".codes code").all_inner_texts()


def _sign_in(page: Page, address: str) -> None:
    page.fill("input[name=username]", address)
    page.fill("input[name=password]", PASSWORD)
    page.click("[type=submit]")
    # Staff are people like all others: their first sign-in asks for the terms.
    page.get_by_role("button", name="I agree to the terms of use").click()


@pytest.mark.usefixtures("_deployed")
class TestAMemberOfTheStaff:
    def test_enrolls_and_signs_in(self, live_server: Any, page: Page) -> None:
        secret, codes = _enroll(page, live_server, "ada@example.org")
        page.get_by_role("link", name="Sign in").click()
        page.goto(f"{live_server.url}/admin/identity/user/")
        _sign_in(page, "ada@example.org")

        expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
        _look(page, "second-factor")
        page.get_by_label("Code of your app").fill(_totp(secret))
        page.get_by_role("button", name="Continue").click()

        expect(page).to_have_url(f"{live_server.url}/admin/identity/user/")
        expect(page.get_by_role("link", name="ada@example.org")).to_be_visible()
        assert len(codes) == 10

    def test_enters_with_a_recovery_code_and_makes_new_ones(
        self, live_server: Any, page: Page
    ) -> None:
        secret, codes = _enroll(page, live_server, "ada@example.org")
        page.goto(f"{live_server.url}/admin/")
        _sign_in(page, "ada@example.org")
        page.get_by_label("Code of your app").fill(codes[0])
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("Recovery codes left: 9.")).to_be_visible()
        _look(page, "admin")

        page.goto(f"{live_server.url}/account/")
        _look(page, "account")
        page.get_by_label("Code of your app").fill(_totp(secret))
        page.get_by_role("button", name="Make new recovery codes").click()

        expect(page.locator(".codes code")).to_have_count(10)
        assert not set(codes) & set(page.locator(".codes code").all_inner_texts())

    def test_is_led_nowhere_by_a_wrong_code(self, live_server: Any, browser: Any) -> None:
        context = browser.new_context()
        page = context.new_page()
        secret, _ = _enroll(page, live_server, "ada@example.org")
        page.goto(f"{live_server.url}/admin/")
        _sign_in(page, "ada@example.org")

        page.get_by_label("Code of your app").fill(f"{(int(_totp(secret)) + 500_000) % 10**6:06}")
        page.get_by_role("button", name="Continue").click()

        expect(page.get_by_role("alert")).to_contain_text("This code is wrong or was used before")
        context.close()
