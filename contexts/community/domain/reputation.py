"""Points and reputation of correctors."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from contexts.community.domain.corrections import Verdict


class PointsReason(StrEnum):
    SENTENCES_CORRECTED = "sentences_corrected"
    SENTENCES_CONFIRMED = "sentences_confirmed"
    EDIT_ACCEPTED = "edit_accepted"
    THANKED = "thanked"


POINTS = {
    PointsReason.SENTENCES_CORRECTED: 2,
    PointsReason.SENTENCES_CONFIRMED: 1,
    PointsReason.EDIT_ACCEPTED: 5,
    PointsReason.THANKED: 3,
}
"""Of one sentence, edit or thanks."""

# The Bayesian mean of learning.md: as if eight edits had been judged before the first one.
PRIOR_WEIGHT = 8
PRIOR_MEAN = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """Points for `quantity` of what `reason` names, because of `cause_id`."""

    member_id: UUID
    reason: PointsReason
    cause_id: UUID
    quantity: int
    language: str

    @property
    def points(self) -> int:
        return POINTS[self.reason] * self.quantity


def earned_by_correcting(
    *, corrector_id: UUID, correction_id: UUID, verdicts: Sequence[Verdict], language: str
) -> list[Earned]:
    """A line for the sentences that were changed, and one for those found perfect."""
    counts = {
        PointsReason.SENTENCES_CORRECTED: sum(one is Verdict.CORRECTED for one in verdicts),
        PointsReason.SENTENCES_CONFIRMED: sum(one is Verdict.PERFECT for one in verdicts),
    }
    return [
        Earned(
            member_id=corrector_id,
            reason=reason,
            cause_id=correction_id,
            quantity=count,
            language=language,
        )
        for reason, count in counts.items()
        if count
    ]


def reputation(*, accepted: int, disputed: int) -> float:
    """0 to 1: the Bayesian mean of edits accepted (1 each) and disputed (0 each)."""
    return (PRIOR_WEIGHT * PRIOR_MEAN + accepted) / (PRIOR_WEIGHT + accepted + disputed)
