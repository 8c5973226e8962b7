"""The check of the legal texts that an operator mounts."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from contexts.identity.queries import legal_faults


@register
def check_legal_texts(**_: Any) -> list[CheckMessage]:
    """Name the files that cannot be used. Without it, the shipped texts would show in silence."""
    hint = "See LEGAL_FOLDER in docs/operations.md."
    return [Error(f"legal texts: {fault}", hint, id="busuu.E024") for fault in legal_faults()]
