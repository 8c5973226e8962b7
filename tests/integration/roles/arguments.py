"""Arguments of a succeeding sample of every GraphQL field that needs any, about the same rows.

What is not named here is asked without arguments.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tests.factories.community import ANSWERS, TEXT
from tests.factories.identity import PASSWORD
from tests.integration.http.samples import billing, community, tutoring
from tests.integration.http.world import ATTEMPT, ENROLLMENT, SOMEBODY
from tests.integration.roles.stage import Stage

Arguments = Mapping[str, Mapping[str, Any]]

_SOMEBODY = {"person": str(SOMEBODY)}
_IDENTITY: Arguments = {
    "Query.person": {"id": str(SOMEBODY)},
    "Mutation.register": {"email": "new@example.org", "password": PASSWORD},
    "Mutation.signIn": {"email": "learner@example.org", "password": PASSWORD},
    "Mutation.refresh": {"refreshToken": "<refresh>"},
    "Mutation.verifyAddress": {"token": "<proof>"},
    "Mutation.resendVerification": {"email": "new@example.org"},
    "Mutation.requestPasswordReset": {"email": "new@example.org"},
    "Mutation.resetPassword": {"token": "<reset>", "password": PASSWORD},
    "Mutation.changeProfile": {"displayName": "Ana", "country": "ES"},
    "Mutation.setLanguages": {"native": ["en"], "studied": [{"language": "es", "level": "A1"}]},
    **{f"Mutation.{name}": _SOMEBODY for name in ("follow", "unfollow", "block", "unblock")},
}

_MINE = {"enrollment": str(ENROLLMENT)}
_COURSES: Arguments = {
    "Query.course": {"course": "tiny"},
    "Query.enrollment": {"id": str(ENROLLMENT)},
    "Query.reviews": _MINE,
    "Mutation.enroll": {"course": "tiny"},
    "Mutation.answer": {
        **_MINE,
        "attemptId": str(ATTEMPT),
        "exercise": "hello.e.choice",
        "answer": {"choice": "adiós"},
    },
    "Mutation.completeLesson": {**_MINE, "lesson": "hello.l.greet"},
    "Mutation.moveOn": _MINE,
}

_WAITING = {"submission": str(community.WAITING)}
_HELD = {"submission": str(community.HELD)}
_EDIT = {"edit": str(community.EDIT)}
_COMMUNITY: Arguments = {
    "Query.submission": {"id": str(community.ANSWERED)},
    "Mutation.submitText": {"text": TEXT, "language": "en"},
    "Mutation.rewriteText": {**_WAITING, "text": "I have a cat."},
    "Mutation.withdrawText": _WAITING,
    "Mutation.takeText": {"submission": str(community.OFFERED)},
    "Mutation.releaseText": _HELD,
    "Mutation.correctText": {**_HELD, "sentences": list(ANSWERS)},
    "Mutation.acceptEdit": _EDIT,
    "Mutation.disputeEdit": {**_EDIT, "reason": "I think it was right."},
    "Mutation.replyToEdit": {**_EDIT, "text": "Why?"},
    "Mutation.thankForCorrection": {"correction": str(community.CORRECTION)},
    "Mutation.report": {
        "kind": "correction",
        "subject": str(community.CORRECTION),
        "reason": "spam",
    },
}

_BILLING: Arguments = {
    "Query.checkout": {"id": str(billing.CHECKOUT)},
    "Mutation.beginCheckout": {"product": "lessons-5"},
    "Mutation.cancelSubscription": {"subscription": str(billing.SUBSCRIPTION)},
    "Mutation.redeemVoucher": {"code": "FREE-WEEK"},
}


def _as_over_rest(name: str) -> dict[str, Any]:
    """The body of tutoring's sample call, its fields named as GraphQL does."""
    (body,) = (call.body or {} for call in tutoring.CALLS if str(call) == name)
    return {_camel(field): value for field, value in body.items()}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


_AHEAD = {"id": str(tutoring.AHEAD)}
_TUTORING: Arguments = {
    "Query.tutor": {"id": str(tutoring.TEACHING)},
    "Query.bookedLesson": _AHEAD,
    "Mutation.applyToTeach": _as_over_rest("POST tutor-application"),
    "Mutation.setHours": _as_over_rest("PUT availability"),
    "Mutation.setOverrides": _as_over_rest("PUT overrides"),
    "Mutation.setTravels": _as_over_rest("PUT travels"),
    "Mutation.bookLesson": _as_over_rest("POST booked-lessons"),
    "Mutation.cancelLesson": _AHEAD,
    "Mutation.rescheduleLesson": {**_AHEAD, **_as_over_rest("POST rescheduling")},
    "Mutation.completeBookedLesson": {"id": str(tutoring.OVER)},
    "Mutation.reportAbsence": {"id": str(tutoring.OVER)},
    "Mutation.enterLessonRoom": {"id": str(tutoring.OPEN)},
}

ARGUMENTS: Arguments = {**_IDENTITY, **_COURSES, **_COMMUNITY, **_BILLING, **_TUTORING}


# What must have happened before, so that the owner is told something.
BEFORE: dict[str, Callable[[Stage], None]] = {
    "Query.erasure": Stage.wish_to_be_forgotten,
    "Mutation.withdrawErasure": Stage.wish_to_be_forgotten,
}
