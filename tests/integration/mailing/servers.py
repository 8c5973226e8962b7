"""A mail server that fails as it is told to."""

from collections.abc import Sequence
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Server:
    """Takes messages, or raises `fault`."""

    current: ClassVar["Server"]

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.fault: Exception | None = None


class Backend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if Server.current.fault:
            raise Server.current.fault
        Server.current.taken.extend(email_messages)
        return len(email_messages)
