"""A learner's courses: enrolling, answering, completing, reviewing."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from busuu.workshop.journey.answers import right
from contexts.courses.models import Attempt, Enrollment, LessonCompletion
from contexts.identity.models import User
from tests.factories.courses import EnrollmentFactory, exercise_body, published_course
from tests.factories.identity import UserFactory
from tests.integration.graphql.asking import data, error

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]
ENROLLMENT = """query ($id: UUID!) { enrollment(id: $id) {
  course version newestVersion lessons lessonsCompleted
  progress { lesson exercises answered completedAt correct }
  nextLesson { lesson unit exercises { __typename } }
  lesson(lesson: "cafe.l.order") { lesson title exercises {
    __typename
    ... on PresentedOrder { key type words }
    ... on PresentedTranslate { key type prompt hint }
    ... on PresentedDictation { key type audio }
    ... on PresentedWrite { key type to }
  } }
} }"""
ANSWER = """mutation ($enrollment: UUID!, $attempt: UUID!, $exercise: String!, $answer: JSON!) {
  answer(enrollment: $enrollment, attemptId: $attempt, exercise: $exercise, answer: $answer) {
    attemptId verdict score rating expected notes edits { old new } reviewed { item dueAt }
  } }"""
COMPLETE = """mutation ($enrollment: UUID!) {
  completeLesson(enrollment: $enrollment, lesson: "hello.l.greet") {
    lessonsCompleted nextLesson { lesson } } }"""


@pytest.fixture
def learner() -> User:
    user: User = UserFactory()
    return user


@pytest.fixture
def enrollment(learner: User) -> Enrollment:
    made: Enrollment = EnrollmentFactory(course=published_course(), learner_id=learner.pk)
    return made


class TestEnrolling:
    QUERY = 'mutation { enroll(course: "tiny") { id course lessonsCompleted } }'

    def test_gives_the_same_enrollment_twice(self, learner: User, client_for: ClientFor) -> None:
        published_course()
        client = client_for(learner)

        first = data(client, self.QUERY)["enroll"]
        second = data(client, self.QUERY)["enroll"]

        assert first == second
        assert first["id"] == str(Enrollment.objects.get().pk)

    def test_is_not_for_strangers(self) -> None:
        published_course()

        refusal = error(APIClient(), self.QUERY)

        assert refusal == {"code": "not_authenticated", "status": 401}
        assert not Enrollment.objects.exists()

    def test_refuses_what_is_no_course_id(self, learner: User, client_for: ClientFor) -> None:
        refusal = error(client_for(learner), 'mutation { enroll(course: "No!") { id } }')

        assert refusal["code"] == "invalid_request"
        assert refusal["errors"][0]["pointer"] == "/course"

    def test_lists_what_one_is_enrolled_in(
        self, enrollment: Enrollment, learner: User, client_for: ClientFor
    ) -> None:
        EnrollmentFactory()

        found = data(client_for(learner), "{ enrollments { nodes { id course } } }")

        assert found["enrollments"]["nodes"] == [{"id": str(enrollment.pk), "course": "tiny"}]

    def test_moves_on_to_the_newest_version(
        self, enrollment: Enrollment, learner: User, client_for: ClientFor
    ) -> None:
        query = "mutation ($id: UUID!) { moveOn(enrollment: $id) { version newestVersion } }"

        found = data(client_for(learner), query, id=str(enrollment.pk))

        assert found["moveOn"] == {"version": 1, "newestVersion": 1}


class TestAnEnrollment:
    def test_shows_progress_and_lessons(
        self, enrollment: Enrollment, learner: User, client_for: ClientFor
    ) -> None:
        found = data(client_for(learner), ENROLLMENT, id=str(enrollment.pk))["enrollment"]

        assert [lesson["lesson"] for lesson in found["progress"]] == [
            "hello.l.greet",
            "cafe.l.articles",
            "cafe.l.order",
            "cafe.l.secret",
        ]
        assert found["nextLesson"]["lesson"] == "hello.l.greet"
        assert [
            (exercise["key"], exercise["type"], exercise["__typename"])
            for exercise in found["lesson"]["exercises"]
        ] == [
            ("cafe.e.sort", "order", "PresentedOrder"),
            ("cafe.e.translate", "translate", "PresentedTranslate"),
            ("cafe.e.write", "write", "PresentedWrite"),
        ]

    @pytest.mark.parametrize(
        ("document", "name"),
        [(ENROLLMENT, "id"), (COMPLETE, "enrollment")],
        ids=["reading", "completing"],
    )
    def test_is_not_found_by_others(
        self, document: str, name: str, enrollment: Enrollment, client_for: ClientFor
    ) -> None:
        stranger = client_for(UserFactory())

        refusal = error(stranger, document, **{name: str(enrollment.pk)})

        assert refusal == {"code": "enrollment_not_found", "status": 404}
        assert not LessonCompletion.objects.exists()

    def test_has_only_the_lessons_of_its_version(
        self, enrollment: Enrollment, learner: User, client_for: ClientFor
    ) -> None:
        query = 'query ($id: UUID!) { enrollment(id: $id) { lesson(lesson: "x") { lesson } } }'

        refusal = error(client_for(learner), query, id=str(enrollment.pk))

        assert refusal["code"] == "lesson_not_found"


class TestAnswering:
    def test_grades_once_an_attempt(
        self, enrollment: Enrollment, learner: User, client_for: ClientFor
    ) -> None:
        client = client_for(learner)
        sent = {
            "enrollment": str(enrollment.pk),
            "attempt": str(uuid4()),
            "exercise": "cafe.e.translate",
            "answer": {"text": "Quiero un café"},
        }

        first = data(client, ANSWER, **sent)["answer"]
        second = data(client, ANSWER, **sent)["answer"]

        assert first == second
        assert (first["verdict"], first["rating"], first["attemptId"]) == (
            "correct",
            3,
            sent["attempt"],
        )
        assert [one["item"] for one in first["reviewed"]] == ["cafe.w.coffee"]
        assert Attempt.objects.count() == 1

    @pytest.mark.parametrize(
        ("exercise", "answer", "code"),
        [
            ("cafe.e.nothing", {"text": "a"}, "exercise_not_found"),
            ("cafe.e.translate", {"choice": 1}, "malformed_answer"),
            ("cafe.e.translate", ["text"], "invalid_request"),
            ("x" * 200, {"text": "a"}, "invalid_request"),
        ],
    )
    def test_refuses_what_is_no_answer(
        self,
        exercise: str,
        answer: object,
        code: str,
        enrollment: Enrollment,
        learner: User,
        client_for: ClientFor,
    ) -> None:
        refusal = error(
            client_for(learner),
            ANSWER,
            enrollment=str(enrollment.pk),
            attempt=str(uuid4()),
            exercise=exercise,
            answer=answer,
        )

        assert refusal["code"] == code
        assert not Attempt.objects.exists()

    def test_refuses_strangers(self, enrollment: Enrollment) -> None:
        refusal = error(
            APIClient(),
            ANSWER,
            enrollment=str(enrollment.pk),
            attempt=str(uuid4()),
            exercise="cafe.e.translate",
            answer={"text": "a"},
        )

        assert refusal["code"] == "not_authenticated"
        assert not Attempt.objects.exists()

    def test_completes_a_lesson(
        self, enrollment: Enrollment, learner: User, client_for: ClientFor
    ) -> None:
        client = client_for(learner)
        identity = {"enrollment": str(enrollment.pk)}
        early = error(client, COMPLETE, **identity)
        for key in ("hello.e.card", "hello.e.choice", "hello.e.truth"):
            answer = right(exercise_body(enrollment, key))
            data(client, ANSWER, attempt=str(uuid4()), exercise=key, answer=answer, **identity)

        done = data(client, COMPLETE, **identity)["completeLesson"]

        assert (early["code"], early["status"]) == ("lesson_unfinished", 409)
        assert done == {"lessonsCompleted": 1, "nextLesson": {"lesson": "cafe.l.articles"}}


class TestTheReviewQueue:
    def test_shows_words_with_their_texts(
        self, enrollment: Enrollment, learner: User, client_for: ClientFor
    ) -> None:
        client = client_for(learner)
        data(
            client,
            ANSWER,
            enrollment=str(enrollment.pk),
            attempt=str(uuid4()),
            exercise="hello.e.choice",
            answer={"choice": "adiós"},
        )
        query = """query ($mine: UUID, $before: Instant) {
          reviews(enrollment: $mine, dueBefore: $before) { nodes { item text translation } } }"""

        found = data(client, query, mine=str(enrollment.pk), before="9998-12-31T00:00:00Z")
        none = data(client, query, before="2020-01-01T00:00:00Z")

        word = {"item": "hello.w.adios", "text": "adiós", "translation": "goodbye"}
        assert found["reviews"]["nodes"] == [word]
        assert none["reviews"]["nodes"] == []

    def test_is_not_for_strangers(self) -> None:
        refusal = error(APIClient(), "{ reviews { nodes { item } } }")

        assert refusal == {"code": "not_authenticated", "status": 401}
