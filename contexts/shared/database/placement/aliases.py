"""The database of each context, as Django's alias."""

from django.conf import settings


def alias_of(context: str) -> str:
    """Return the alias of a context. Django's own tables live with identity."""
    aliases: dict[str, str] = settings.CONTEXT_DATABASES
    return aliases.get(context, aliases["identity"])


def all_aliases() -> list[str]:
    """Return every alias that a context lives on, each once."""
    return list(dict.fromkeys(settings.CONTEXT_DATABASES.values()))
