"""Facts that a mail needs when it is sent, such as a link that must not lie in a table."""

from collections.abc import Callable, Mapping
from typing import Any

from contexts.shared.mailing.models import Mail

Facts = Mapping[str, Any]
Provider = Callable[[Mail], Facts | None]
# The fact whose value is a list of attached files: name, content, media type.
ATTACHMENTS = "attachments"

_providers: dict[str, Provider] = {}


def provides(context: str, template: str) -> Callable[[Provider], Provider]:
    """Return a decorator for the function that makes a template's last facts.

    It gets the row with the posted facts. If it returns None, the mail is no longer needed.
    """

    def register(provider: Provider) -> Provider:
        _providers[f"{context}/{template}"] = provider
        return provider

    return register


def last_facts(mail: Mail) -> Facts | None:
    provider = _providers.get(f"{mail.context}/{mail.template}")
    return provider(mail) if provider else {}
