"""Identity's people, asked through its door, and tutoring's table of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contexts.identity import api as identity
from contexts.shared.people.directory import Directory
from contexts.tutoring.models import Block, Person


def _look_up(person_id: UUID) -> Mapping[str, Any] | None:
    try:
        profile = identity.public_profile(user_id=person_id)
    except identity.UnknownPerson:
        return None
    return {"display_name": profile.display_name, "time_zone": profile.time_zone}


people = Directory(
    context="tutoring",
    person=Person,
    block=Block,
    look_up=_look_up,
    blocks=lambda one, other: identity.blocks(blocker_id=one, blocked_id=other),
    everybody=identity.everybody,
    all_blocks=identity.all_blocks,
)
