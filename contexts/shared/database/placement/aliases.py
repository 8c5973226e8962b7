"""Which database a context lives on."""

from django.conf import settings


def alias_of(context: str) -> str:
    """The alias of a context; what is nobody's (Django's own tables) lives with identity."""
    aliases: dict[str, str] = settings.CONTEXT_DATABASES
    return aliases.get(context, aliases["identity"])


def all_aliases() -> list[str]:
    """Every alias that some context lives on, each once."""
    return list(dict.fromkeys(settings.CONTEXT_DATABASES.values()))
