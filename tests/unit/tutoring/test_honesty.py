"""No order of entries, reports, answers and departures lets anyone gain by lying."""

from datetime import datetime, timedelta
from itertools import permutations, product

import pytest

from contexts.shared.kernel import DomainError
from contexts.tutoring.domain.lessons import Lesson
from tests.fakes.tutoring import START, booked

MINUTE = timedelta(minutes=1)
END = START + 60 * MINUTE
WAIT = 10
# Minutes after the start; None is a participant who never enters.
ENTRIES = (None, -5, 9, 11, 25, 49, 59)
# The acts of a participant who says anything at all to gain by it.
ACTS = (
    "learner reports",
    "tutor reports",
    "tutor completes",
    "learner disputes",
    "tutor disputes",
    "block",
)
WHEN = (START + 10 * MINUTE, START + 35 * MINUTE, END, END + 71 * 60 * MINUTE)
Entry = int | None


def kept_waiting(one: Entry, other: Entry) -> bool:
    """Say by plain numbers whether `one` was there for a whole wait without `other`."""
    if one is None:
        return False
    over = max(one, 0) + WAIT
    return over <= 60 and (other is None or other > over)


def play(learner: Entry, tutor: Entry, acts: tuple[str, ...], at: datetime) -> tuple[Lesson, bool]:
    """Return the lesson after all, and whether the learner's report was taken."""
    lesson, told = booked(), False
    apart = False
    for part, entered in (("learner", learner), ("tutor", tutor)):
        if entered is not None:
            lesson.enter(by=part, now=START + entered * MINUTE)
    for act in acts:
        who, _, what = act.partition(" ")
        if act == "block":
            apart = True
            continue
        try:
            if what == "reports" and not apart:
                lesson.report(by=who, now=at)
                told = told or who == "learner"
            elif what == "completes" and not apart:
                lesson.complete(by=who, now=at)
            elif what == "disputes" and not apart:
                lesson.answer(by=who, agree=False, now=at)
        except DomainError:
            continue
    lesson.conclude(apart=apart, now=at + timedelta(days=40))
    return lesson, told


@pytest.mark.parametrize("learner", ENTRIES)
@pytest.mark.parametrize("tutor", ENTRIES)
class TestNobody:
    def test_gains_by_what_they_say(self, learner: Entry, tutor: Entry) -> None:
        entered = [one for one in (learner, tutor) if one is not None]
        orders = [order for size in range(4) for order in permutations(ACTS, size)]

        for order, at in product(orders, WHEN):
            if any(START + one * MINUTE > at for one in entered):
                continue
            lesson, told = play(learner, tutor, order, at)
            spent = lesson.spent_percent
            if tutor is None:
                assert spent == 0, (order, at)
            elif kept_waiting(tutor, learner):
                assert spent == 100, (order, at)
            elif kept_waiting(learner, tutor):
                assert spent == (0 if told or "block" in order else 100), (order, at)
            else:
                assert spent == (0 if learner is None else 100), (order, at)

    def test_can_report_the_other_who_was_reported_rightly(
        self, learner: Entry, tutor: Entry
    ) -> None:
        first, second = kept_waiting(learner, tutor), kept_waiting(tutor, learner)

        assert not (first and second)
