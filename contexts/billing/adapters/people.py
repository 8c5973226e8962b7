"""Identity's people, asked through its door, and billing's table of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contexts.billing.models import Block, Customer
from contexts.identity import api as identity
from contexts.shared.people.directory import Directory


def _look_up(person_id: UUID) -> Mapping[str, Any] | None:
    try:
        profile = identity.public_profile(user_id=person_id)
    except identity.UnknownPerson:
        return None
    return {
        "display_name": profile.display_name,
        "country": profile.country,
        "interface_language": profile.interface_language,
    }


customers = Directory(
    context="billing",
    person=Customer,
    block=Block,
    look_up=_look_up,
    blocks=lambda one, other: identity.blocks(blocker_id=one, blocked_id=other),
    everybody=identity.everybody,
    all_blocks=identity.all_blocks,
)
