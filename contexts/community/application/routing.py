"""Who corrects which text: one at a time, and everybody's first correction before any second."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.community.application.ports import Submissions
from contexts.community.domain.submissions import (
    TURNS,
    AlreadyCorrected,
    NothingToCorrect,
    NotOffered,
    Submission,
    SubmissionNotFound,
    Taken,
)

_ROUNDS = 20


@dataclass(frozen=True)
class Routing:
    submissions: Submissions

    def take(self, *, submission_id: UUID, member_id: UUID, now: datetime) -> UUID:
        """Get ten minutes for a text, or ten more.

        Raises SubmissionNotFound, OwnText, AlreadyCorrected, NotOffered, Taken.
        """
        submission = self.submissions.get(submission_id)
        self._take(submission, member_id, now)
        return submission_id

    def take_next(self, *, member_id: UUID, turn: int, now: datetime) -> UUID:
        """Get ten minutes for the text that needs it most: the one in hand, if there is one.

        Each third `turn` goes to whom nobody has answered for longest, of those who wait for
        twelve hours. Raises NothingToCorrect.
        """
        held = self.submissions.held_by(member_id, now=now)
        if held is not None and self._taken(held, member_id, now):
            return held
        for submission_id in self._candidates(member_id, turn, now):
            if self._taken(submission_id, member_id, now):
                return submission_id
        raise NothingToCorrect

    def release(self, *, submission_id: UUID, member_id: UUID) -> None:
        """Give a turn back; nothing changes where it is not theirs.

        Raises SubmissionNotFound, OwnText.
        """
        submission = self.submissions.get(submission_id)
        submission.release(self.submissions.corrector(member_id, submission))
        self.submissions.save(submission)

    def _candidates(self, member_id: UUID, turn: int, now: datetime) -> Iterator[UUID]:
        seen: set[UUID] = set()
        for number in range(_ROUNDS):
            urgent = number == 0 and turn % TURNS == 0
            offered = self.submissions.offered_to(member_id, long_waiting=urgent, but=seen, now=now)
            if not offered and not urgent:
                return
            seen.update(offered)
            yield from offered

    def _taken(self, submission_id: UUID, member_id: UUID, now: datetime) -> bool:
        submission = self.submissions.get_free(submission_id)
        if submission is None:
            return False
        try:
            self._take(submission, member_id, now)
        except (SubmissionNotFound, AlreadyCorrected, NotOffered, Taken):
            # What was read before the lock has changed since.
            return False
        return True

    def _take(self, submission: Submission, member_id: UUID, now: datetime) -> None:
        submission.take(self.submissions.corrector(member_id, submission), now=now)
        self.submissions.save(submission)
