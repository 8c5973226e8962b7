"""Export and erasure of a person's data, over all contexts that hold some."""

from contexts.shared.privacy.registry import (
    Holder,
    Part,
    erase_person,
    export_person,
    holders,
    register,
)
