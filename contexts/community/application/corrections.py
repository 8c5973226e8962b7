"""Correcting a text, and thanking for a correction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contexts.community.application.limits import refuse_beyond
from contexts.community.application.ports import (
    CorrectionRepository,
    Limits,
    Standings,
    SubmissionRepository,
)
from contexts.community.domain.corrections import Answer, Correction, Reading
from contexts.community.domain.reputation import Earned, PointsReason, earned_by_correcting
from contexts.community.domain.texts import checked_remark
from contexts.shared.kernel import new_id

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Corrections:
    submissions: SubmissionRepository
    corrections: CorrectionRepository
    standings: Standings
    limits: Limits
    new_id: Callable[[], UUID] = new_id

    def correct(
        self,
        *,
        correction_id: UUID,
        submission_id: UUID,
        corrector_id: UUID,
        answers: Sequence[Answer],
        comment: str,
        now: datetime,
    ) -> UUID:
        """Correct every sentence of a text while holding its turn.

        Raises SubmissionNotFound, OwnText, AlreadyCorrected, NotTaken, Taken, SentencesDiffer,
        PerfectWithEdits, NothingChanged, EditsRefused, ContactDetails, DailyLimit.
        """
        text = self.submissions.get(submission_id)
        text.corrected(self.submissions.corrector(corrector_id, text), now=now)
        made = self.corrections.made_since(corrector_id, now - _DAY)
        refuse_beyond(self.limits.corrections, made=made)
        verdicts, edits = Reading(text.sentences, text.language, self.new_id).verdicts(answers)
        correction = Correction(
            id=correction_id,
            submission_id=text.id,
            writer_id=text.writer_id,
            corrector_id=corrector_id,
            language=text.language,
            comment=checked_remark(comment),
            verdicts=verdicts,
            edits=edits,
            created_at=now,
        )
        self.corrections.add(correction.made())
        self.submissions.save(text)
        self._reward(correction, now)
        return correction_id

    def _reward(self, correction: Correction, now: datetime) -> None:
        earned = earned_by_correcting(
            corrector_id=correction.corrector_id,
            correction_id=correction.id,
            verdicts=correction.verdicts,
            language=correction.language,
        )
        self.standings.give(earned, now=now)

    def thank(self, *, correction_id: UUID, writer_id: UUID, now: datetime) -> None:
        """Thank for a correction. Does nothing if thanked. Raises CorrectionNotFound."""
        correction = self.corrections.thank(correction_id, writer_id=writer_id, now=now)
        if correction is not None:
            earned = Earned(
                member_id=correction.corrector_id,
                reason=PointsReason.THANKED,
                cause_id=correction.id,
                quantity=1,
                language=correction.language,
            )
            self.standings.give([earned], now=now)
