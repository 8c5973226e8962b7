"""Addresses of people. The context that owns accounts answers, by a path in the settings."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person who can get mail now. `time_zone` is an IANA name, `language` a BCP 47 tag."""

    address: str
    name: str
    language: str
    time_zone: str


AddressBook = Callable[..., Recipient | None]


def find_recipient(person_id: UUID) -> Recipient | None:
    """Return the person's present address, None if the account has ended."""
    return _address_book(settings.MAIL_ADDRESS_BOOK)(person_id=person_id)


@cache
def _address_book(path: str) -> AddressBook:
    found: AddressBook = import_string(path)
    return found
