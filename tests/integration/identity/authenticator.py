"""A phone with an authenticator app, which knows RFC 6238 and nothing of our code."""

import base64
import hmac
import re
import struct
import time
from typing import Any

from django.core import mail
from django.test import Client

from contexts.identity import api
from contexts.identity.models import User
from contexts.shared.kernel import new_id, now
from tests.factories.identity import UserFactory

NEW_PASSWORD = "a password of the staff"


def code_of(secret: str, *, steps: int = 0) -> str:
    """Return the code that the app shows now, or some steps of 30 seconds later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFF_FFFF
    return f"{number % 1_000_000:06}"


def wrong(code: str) -> str:
    """Return a code that no clock shows near this minute."""
    return f"{(int(code) + 500_000) % 1_000_000:06}"


def member(role: str = "admin") -> User:
    """Return a member of the staff without a second factor."""
    user = UserFactory()
    api.grant_role(user_id=user.pk, role=role, now=now())
    return User.objects.get(pk=user.pk)


def link_for(user: User, role: str = "admin") -> str:
    """Return the path of an enrollment link."""
    token = api.create_staff(user_id=new_id(), email=user.email, role=role, now=now())
    return f"/account/enroll/{token}"


def scanned(page: Any) -> tuple[str, str]:
    """Return the secret on an enrollment page, and the field that brings it back."""
    text = page.content.decode()
    secret = re.search(r'class="secret">([A-Z2-7]+)<', text)
    sealed = re.search(r'name="sealed" value="([^"]+)"', text)
    assert secret, text
    assert sealed, text
    return secret[1], sealed[1]


def shown_codes(page: Any) -> list[str]:
    """Return the recovery codes on a page."""
    return re.findall(r"<li><code>(\d{8})</code>", page.content.decode())


class Phone:
    """A member of the staff who has enrolled, the app on their phone and the recovery codes."""

    def __init__(self, user: User | None = None, *, role: str = "admin") -> None:
        self.user = user or member(role)
        client, path = Client(), link_for(self.user, role)
        self.secret, sealed = scanned(client.get(path))
        form = {"sealed": sealed, "password": NEW_PASSWORD, "code": self.code(steps=-1)}
        page = client.post(path, form)
        self.recovery_codes = shown_codes(page)
        assert len(self.recovery_codes) == 10, page.content.decode()

    def code(self, *, steps: int = 0) -> str:
        return code_of(self.secret, steps=steps)


def browser(user: User, *, password: str = NEW_PASSWORD, **headers: Any) -> Client:
    """Return a browser in which a person has signed in with their password."""
    client = Client(**headers)
    form = {"username": user.email, "password": password}
    assert client.post("/admin/login/?next=/admin/", form).status_code == 302
    return client


def latest_mail() -> str:
    return str(mail.outbox[-1].body)
