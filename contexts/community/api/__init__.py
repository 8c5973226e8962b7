"""The door to community: every use case, and what it may raise."""

from contexts.community.api.people import (
    forget_member,
    note_lesson,
    refresh_block,
    register_people,
    remember_member,
)
from contexts.community.api.privacy import PERSON_FIELDS, erase_person, export_person

__all__ = [
    "PERSON_FIELDS",
    "erase_person",
    "export_person",
    "forget_member",
    "note_lesson",
    "refresh_block",
    "register_people",
    "remember_member",
]
