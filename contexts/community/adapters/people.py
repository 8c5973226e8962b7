"""Identity's people, asked through its door."""

from dataclasses import dataclass
from uuid import UUID

from contexts.identity import api as identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What community needs to know of a person; languages are BCP 47 tags."""

    display_name: str
    native_languages: list[str]
    studied_languages: list[str]


def person(member_id: UUID) -> Person | None:
    """None for an account that is not there (any more)."""
    try:
        profile = identity.public_profile(user_id=member_id)
    except identity.UnknownPerson:
        return None
    return Person(
        display_name=profile.display_name,
        native_languages=list(profile.native_languages),
        studied_languages=[studied.language for studied in profile.studied_languages],
    )
