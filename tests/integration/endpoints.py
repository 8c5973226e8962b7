"""Every operation of the REST API, ready to be asked in a small world and in a large one."""

from collections.abc import Callable
from typing import Any

from busuu.workshop.journey import answers
from contexts.community import api as community
from contexts.courses.models import Attempt, Enrollment, LessonCompletion
from contexts.identity import api as identity
from contexts.identity.adapters import tokens
from contexts.identity.events import ProfileChanged
from contexts.identity.models import User
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.publishing import publish
from tests.factories.courses import (
    EnrollmentFactory,
    MemoryFactory,
    exercise_body,
    published_course,
)
from tests.factories.identity import PASSWORD, SessionFactory, UserFactory
from tests.integration import operations
from tests.integration.operations.asking import Asking

LESSON = "hello.l.greet"
EXERCISES = ("hello.e.card", "hello.e.choice", "hello.e.truth")
_TAGS = ("en", "de", "fr", "it", "pt", "pl", "nl", "sv", "da", "fi", "cs", "ro", "hu", "el")


class World:
    """A learner and all that there may be much of: `size` of each."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.learner: User = UserFactory()
        self.newcomer: User = UserFactory(verified=False, roles=())
        self.staff: User = UserFactory(roles=("support",))
        self.enrollment: Enrollment = EnrollmentFactory(
            learner_id=self.learner.pk, course=published_course()
        )
        SessionFactory.create_batch(size, user=self.learner)
        self.somebody: User = UserFactory()
        for other in UserFactory.create_batch(size):
            identity.follow(follower_id=self.learner.pk, followed_id=other.pk, now=now())
        for other in UserFactory.create_batch(size):
            identity.block(blocker_id=self.learner.pk, blocked_id=other.pk, now=now())
        self._speak()
        self._learn()
        community.PEOPLE.remember(person_id=self.learner.pk)
        for context in (operations.billing, operations.community, operations.tutoring):
            context.stage(self)

    def _speak(self) -> None:
        native = _TAGS[: min(self.size, len(_TAGS))]
        studied = [identity.StudiedLanguage(language="es", level="A1")]
        identity.set_languages(user_id=self.learner.pk, native=native, studied=studied, now=now())
        told = [ProfileChanged(occurred_at=now(), user_id=self.learner.pk)] * self.size
        for_context("identity")(lambda: publish(told))()

    def _learn(self) -> None:
        EnrollmentFactory.create_batch(self.size, learner_id=self.learner.pk)
        mine = {"enrollment": self.enrollment, "learner_id": self.learner.pk}
        MemoryFactory.create_batch(self.size, **mine)
        Attempt.objects.bulk_create(
            self._attempt(exercise) for exercise in EXERCISES for _ in range(self.size)
        )
        LessonCompletion.objects.bulk_create(
            LessonCompletion(
                enrollment=self.enrollment,
                lesson_key=f"gone.l.{number}",
                completed_at=now(),
                exercises=3,
                correct=3,
            )
            for number in range(self.size)
        )

    def _attempt(self, exercise: str) -> Attempt:
        return Attempt(
            enrollment=self.enrollment,
            attempt_id=new_id(),
            lesson_key=LESSON,
            exercise_key=exercise,
            answer={},
            grade={},
            verdict="correct",
            rating=3,
            items=[],
            answered_at=now(),
        )


def _mine(world: World, path: str, body: Any = None) -> Asking:
    return Asking(path=path, body=body, caller=world.learner)


def _course(world: World, path: str = "", body: Any = None) -> Asking:
    return _mine(world, f"enrollments/{world.enrollment.pk}{path}", body)


def _credentials(email: str) -> dict[str, str]:
    return {"email": email, "password": PASSWORD}


def _verification(world: World) -> Asking:
    token = tokens.verification_link_token(world.newcomer)
    return Asking(path="auth/verification", body={"token": token})


def _reset(world: World) -> Asking:
    body = {"token": tokens.reset_link_token(world.learner), "password": "another good secret"}
    return Asking(path="auth/password-reset", body=body)


def _refresh(world: World) -> Asking:
    pair = identity.sign_in(
        session_id=new_id(),
        email=world.learner.email,
        password=PASSWORD,
        user_agent="",
        now=now(),
    )
    return Asking(path="auth/refresh", body={"refresh_token": pair.refresh_token})


def _answer(world: World) -> Asking:
    exercise = "cafe.e.match"
    given = answers.right(exercise_body(world.enrollment, exercise))
    body = {"attempt_id": str(new_id()), "exercise": exercise, "answer": given}
    return _course(world, "/answers", body)


def _languages(world: World) -> Asking:
    body = {"native": ["en"], "studied": [{"language": "es", "level": "A1"}]}
    return _mine(world, "me/languages", body)


def _somebody(world: World, path: str) -> Asking:
    return _mine(world, f"people/{world.somebody.pk}{path}")


def _followed(world: World) -> Asking:
    identity.follow(follower_id=world.learner.pk, followed_id=world.somebody.pk, now=now())
    return _somebody(world, "/follow")


def _blocked(world: World) -> Asking:
    identity.block(blocker_id=world.learner.pk, blocked_id=world.somebody.pk, now=now())
    return _somebody(world, "/block")


def _asked_to_be_forgotten(world: World) -> Asking:
    identity.request_erasure(user_id=world.learner.pk, now=now())
    return _mine(world, "me/erasure")


OPERATIONS: dict[str, Callable[[World], Asking]] = {
    "post register": lambda world: Asking(
        path="auth/register", body=_credentials("new@example.org")
    ),
    "post verify-address": _verification,
    "post resend-verification": lambda world: Asking(
        path="auth/verification/mail", body={"email": world.newcomer.email}
    ),
    "post sign-in": lambda world: Asking(
        path="auth/sign-in", body=_credentials(world.learner.email)
    ),
    "post refresh": _refresh,
    "post sign-out": lambda world: _mine(world, "auth/sign-out"),
    "post password-reset": _reset,
    "post request-reset": lambda world: Asking(
        path="auth/password-reset/mail", body={"email": world.learner.email}
    ),
    "get me": lambda world: _mine(world, "me"),
    "patch me": lambda world: _mine(world, "me", {"display_name": "Ana"}),
    "put my-languages": _languages,
    "get following": lambda world: _mine(world, "me/following"),
    "get blocks": lambda world: _mine(world, "me/blocks"),
    "get erasure": _asked_to_be_forgotten,
    "post erasure": lambda world: _mine(world, "me/erasure"),
    "delete erasure": _asked_to_be_forgotten,
    "get person": lambda world: _somebody(world, ""),
    "put follow": lambda world: _somebody(world, "/follow"),
    "delete follow": _followed,
    "put block": lambda world: _somebody(world, "/block"),
    "delete block": _blocked,
    "get courses": lambda world: Asking(path="courses"),
    "get course": lambda world: Asking(path="courses/tiny"),
    "get unit-notes": lambda world: Asking(path="courses/tiny/units/hello"),
    "get enrollments": lambda world: _mine(world, "enrollments"),
    "post enrollments": lambda world: Asking(
        path="enrollments", body={"course": "tiny"}, caller=world.staff
    ),
    "get enrollment": _course,
    "get progress": lambda world: _course(world, "/progress"),
    "post move-on": lambda world: _course(world, "/move-on"),
    "get next-lesson": lambda world: _course(world, "/next-lesson"),
    "post answers": _answer,
    "get lesson": lambda world: _course(world, f"/lessons/{LESSON}"),
    "post lesson-completion": lambda world: _course(world, f"/lessons/{LESSON}/completion"),
    "get reviews": lambda world: _mine(world, "reviews"),
    "get my-membership": lambda world: _mine(world, "community/me"),
    "get event-log": lambda world: Asking(path=f"events/{world.learner.pk}", caller=world.staff),
}
OPERATIONS |= operations.billing.OPERATIONS
OPERATIONS |= operations.community.OPERATIONS
OPERATIONS |= operations.tutoring.OPERATIONS
