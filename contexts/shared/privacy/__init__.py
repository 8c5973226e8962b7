"""Who holds what about a person: every context says how to export and how to erase its part."""

from contexts.shared.privacy.registry import (
    Holder,
    erase_person,
    export_person,
    holders,
    register,
)

__all__ = ["Holder", "erase_person", "export_person", "holders", "register"]
