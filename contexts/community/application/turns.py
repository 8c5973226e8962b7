"""Turns: one corrector at a time, and every first correction before any second."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.community.application.ports import SubmissionRepository
from contexts.community.domain.submissions import (
    TURNS,
    AlreadyCorrected,
    NothingToCorrect,
    NotOffered,
    Submission,
    SubmissionNotFound,
    Taken,
)
from contexts.shared.kernel import new_id

_ROUNDS = 20


@dataclass(frozen=True)
class Turns:
    submissions: SubmissionRepository
    # An id is as random as a die: each third turn is another kind of turn.
    draw: Callable[[], int] = lambda: new_id().int

    def take(self, *, submission_id: UUID, member_id: UUID, now: datetime) -> UUID:
        """Take a text for ten minutes, or extend a turn by ten.

        Raises SubmissionNotFound, OwnText, AlreadyCorrected, NotOffered, Taken.
        """
        submission = self.submissions.get(submission_id)
        self._take(submission, member_id, now)
        return submission_id

    def take_next(self, *, member_id: UUID, now: datetime) -> UUID:
        """Take the text that needs a correction most, or keep the one in hand.

        Each third draw prefers the texts that have waited for over twelve hours, oldest first.
        Raises NothingToCorrect.
        """
        held = self.submissions.held_by(member_id, now=now)
        if held is not None and self._taken(held, member_id, now):
            return held
        for submission_id in self._candidates(member_id, self.draw(), now):
            if self._taken(submission_id, member_id, now):
                return submission_id
        raise NothingToCorrect

    def release(self, *, submission_id: UUID, member_id: UUID) -> None:
        """Give a turn back. Does nothing if another member holds it.

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
