"""People who do what tests ask of them."""

import re
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.core import mail

from contexts.identity import api
from contexts.identity.adapters.hashers import BoundedArgon2PasswordHasher
from contexts.identity.models import User
from contexts.shared.http.clients import Client
from contexts.shared.kernel import new_id, now
from tests.factories.identity import PASSWORD, TERMS

# An account's id and the proof, wherever in the link they stand.
LINK_TOKEN = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}\.[\w-]+")

# The fixture `deliver`: it sends what waits and counts it.
Deliver = Callable[[], int]


class CountingHasher(BoundedArgon2PasswordHasher):
    reckoned: ClassVar[list[str]] = []

    def encode(self, password: str, salt: Any) -> str:
        self.reckoned.append("encode")
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        self.reckoned.append("verify")
        return super().verify(password, encoded)


def register(email: str, *, password: str = PASSWORD, language: str = "en") -> UUID:
    """The id that a new account would get."""
    user_id = new_id()
    api.register(
        user_id=user_id,
        email=email,
        password=password,
        interface_language=language,
        agreed_terms=TERMS,
        face="rest",
        now=now(),
    )
    return user_id


def sign_in(
    user: User,
    *,
    password: str = PASSWORD,
    email: str = "",
    address: str = "192.0.2.1",
    device: str = "",
    code: str = "",
) -> api.SignedIn:
    client = Client(address=address, device=device, agent="a test")
    return api.sign_in(
        session_id=new_id(),
        email=email or user.email,
        password=password,
        client=client,
        code=code,
        now=now(),
    )


def mailed_token() -> str:
    """The token of the link in the latest mail."""
    found = LINK_TOKEN.search(str(mail.outbox[-1].body))
    assert found is not None, mail.outbox[-1].body
    return found.group()


def holds(access_token: str) -> bool:
    return api.authenticate(access_token) is not None
