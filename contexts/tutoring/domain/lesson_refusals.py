"""Refusals about lessons. Rooms and policies have their own."""

from contexts.shared.kernel import Conflict, Forbidden, NotFound


class LessonNotFound(NotFound):
    code = "lesson_not_found"
    message = "You have no such lesson."


class LessonNotBooked(Conflict):
    code = "lesson_not_booked"
    message = "This lesson is {state}."


class LessonStarted(Conflict):
    code = "lesson_started"
    message = "This lesson has started. It can no longer be canceled or moved."


class LessonNotOver(Conflict):
    code = "lesson_not_over"
    message = "This lesson ends at {until}. Try again after that."


class NotEnoughCredits(Conflict):
    code = "not_enough_credits"
    message = "Your lesson credits do not cover this lesson. Buy credits to book."


class BookingLapsed(Conflict):
    code = "booking_lapsed"
    message = "This booking has lapsed. Book again."


class OnlyTheLearner(Forbidden):
    code = "only_the_learner"
    message = "Only the learner may do this."


class OnlyTheTutor(Forbidden):
    code = "only_the_tutor"
    message = "Only the tutor may do this."


class OtherWasThere(Conflict):
    code = "other_was_there"
    message = "The other person entered the room in time, so you cannot report an absence."


class NotThereYourself(Conflict):
    code = "not_there_yourself"
    message = "You did not enter the room in time, so you cannot say how the lesson went."


class LearnerMayReport(Conflict):
    code = "learner_may_report"
    message = "The learner waited for you and may report an absence until {until}."


class NothingToAnswer(Conflict):
    code = "nothing_to_answer"
    message = "Nobody has reported you absent from this lesson, or the time to answer is over."


class NothingToDecide(Conflict):
    code = "nothing_to_decide"
    message = "No absence is reported for this lesson."
