"""What only some may be told, whichever operation they ask."""

from uuid import UUID

from tests.integration.http.samples.billing import CHECKOUT, INVOICE, SUBSCRIPTION
from tests.integration.http.samples.community import (
    ANSWERED,
    CORRECTION,
    EDIT,
    HELD,
    OFFERED,
    WAITING,
)
from tests.integration.http.samples.tutoring import AHEAD, OPEN, OVER
from tests.integration.http.world import ENROLLMENT, FOREIGN
from tests.integration.roles.stage import APART, ROLES, Stage

_EVERYBODY = frozenset(ROLES)
_MINE = frozenset({"learner"})
_OURS = frozenset({"learner", "teacher"})
_NOT_APART = _EVERYBODY - APART

# Who may be told the id of a row.
_ROWS: dict[UUID, frozenset[str]] = {
    FOREIGN: frozenset(),
    **dict.fromkeys((ENROLLMENT, CHECKOUT, INVOICE, SUBSCRIPTION), _MINE),
    **dict.fromkeys((AHEAD, OPEN, OVER), _OURS),
    **dict.fromkeys((WAITING, ANSWERED, CORRECTION, EDIT, OFFERED, HELD), _NOT_APART),
}
# Staff reads the log of a subject that it names; whoever blocks people knows whom.
_TOLD = {
    "GET event-log": frozenset({"support", "admin"}),
    "GET blocks": frozenset({"blocker"}),
    "Query.blocks": frozenset({"blocker"}),
}


def leaks(stage: Stage, operation: str, role: str, answer: str) -> set[str]:
    """What the answer of an operation tells somebody who should not know it."""
    if role in _TOLD.get(operation, ()):
        return set()
    return {
        text for text, knowing in secrets(stage).items() if role not in knowing and text in answer
    }


def secrets(stage: Stage) -> dict[str, frozenset[str]]:
    """Who may know what."""
    return {
        **{str(row): knowing for row, knowing in _ROWS.items()},
        **{str(person): _NOT_APART for person in stage.owners},
        **{person.email: frozenset({role}) for role, person in stage.people.items()},
    }
