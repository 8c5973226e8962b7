"""Export and erasure of a person's data in all contexts."""

from contexts.shared.privacy.registry import (
    Holder,
    Part,
    erase_person,
    export_person,
    holders,
    register,
)
