"""Ids and addresses that only some roles may read, in the answer of any operation."""

from uuid import UUID

from tests.operations.ids import (
    AHEAD,
    ANSWERED,
    CHECKOUT,
    CORRECTION,
    EDIT,
    ENROLLMENT,
    FOREIGN,
    HELD,
    INVOICE,
    OFFERED,
    OPEN,
    OVER,
    SUBSCRIPTION,
    WAITING,
)
from tests.operations.roles import APART, EVERYBODY, LEARNER, NOBODY, TEACHER, Roles
from tests.operations.world import World

_ROWS: dict[UUID, Roles] = {
    FOREIGN: NOBODY,
    **dict.fromkeys((ENROLLMENT, CHECKOUT, INVOICE, SUBSCRIPTION), LEARNER),
    **dict.fromkeys((AHEAD, OPEN, OVER), LEARNER | TEACHER),
    **dict.fromkeys((WAITING, ANSWERED, CORRECTION, EDIT, OFFERED, HELD), EVERYBODY - APART),
}


def leaks(world: World, role: str, answer: str) -> set[str]:
    """The secrets in an answer that the role may not read."""
    return {
        text for text, readers in _secrets(world).items() if role not in readers and text in answer
    }


def _secrets(world: World) -> dict[str, Roles]:
    return {
        **{str(row): readers for row, readers in _ROWS.items()},
        **{str(person): EVERYBODY - APART for person in world.owners},
        **{person.email: frozenset({role}) for role, person in world.people.items()},
    }
