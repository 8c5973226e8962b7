"""Facts that a mail needs when it is sent, such as a link that must not lie in a table."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

Facts = Mapping[str, Any]
# Takes the person and the address that the mail names, empty for the present one.
Provider = Callable[[UUID, str], Facts | None]

_providers: dict[str, Provider] = {}


def provides(context: str, template: str) -> Callable[[Provider], Provider]:
    """Return a decorator for the function that makes a template's last facts.

    If the function returns None, the mail is no longer needed.
    """

    def register(provider: Provider) -> Provider:
        _providers[f"{context}/{template}"] = provider
        return provider

    return register


def last_facts(context: str, template: str, person_id: UUID, address: str) -> Facts | None:
    provider = _providers.get(f"{context}/{template}")
    return provider(person_id, address) if provider else {}
