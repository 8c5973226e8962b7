"""A person who changes credentials, and their sessions."""

import re
from typing import Any

from django.core import mail
from rest_framework.test import APIClient

from contexts.identity import api
from contexts.identity.models import User
from contexts.shared.kernel import now
from contexts.shared.mailing.sending import send_due
from tests.factories.identity import PASSWORD


def session_of(token: str) -> Any:
    actor = api.authenticate(token)
    assert actor is not None
    return actor.session_id


def client_with(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def mailed() -> Any:
    send_due()
    return mail.outbox[-1]


def request_change(user: User, email: str = "new@example.org") -> str:
    """The token in the mail to the new address."""
    api.request_address_change(
        user_id=user.pk, email=email, password=PASSWORD, session_id=None, now=now()
    )
    message = mailed()
    assert message.to == [email]
    found = re.search(r"/account/address/(\S+)", message.body)
    assert found
    return found[1]
