"""The first chapter: from registration to the first lesson and its review queue."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from busuu.workshop.journey import answers, people
from busuu.workshop.journey.client import Client, eventually, promise
from busuu.workshop.journey.event_log import REGISTERED, promise_order
from contexts.courses import api as courses
from contexts.shared.kernel import new_id

COURSE = "es-from-en"
PACK = Path(courses.__file__).resolve().parent / "packs" / COURSE
EVERY_NTH_WRONG = 4
ME = "{ me { id email } }"
NEEDED = "{ me { agreementsNeeded { kind } } agreements(first: 9) { nodes { version } } }"
LANGUAGES = """mutation ($native: [String!]!, $studied: [StudiedInput!]!) {
  setLanguages(native: $native, studied: $studied) { nativeLanguages } }"""
ENROLL = "mutation ($course: String!) { enroll(course: $course) { id } }"
_EXERCISES = " ".join(
    f"... on Presented{kind} {{ key type {fields} }}"
    for kind, fields in (
        ("Flashcard", "word"),
        ("Choice", "prompt options"),
        ("TrueFalse", "statement"),
        ("GapChoose", "text"),
        ("GapType", "text"),
        ("Order", "words"),
        ("Match", "left right"),
        ("Translate", "prompt to"),
        ("Dictation", "language"),
        ("Write", "prompt to"),
    )
)
NEXT_LESSON = f"""query ($id: UUID!) {{
  enrollment(id: $id) {{ nextLesson {{ lesson exercises {{ {_EXERCISES} }} }} }} }}"""
PROGRESS = """query ($id: UUID!) {
  enrollment(id: $id) { progress { lesson exercises answered correct completedAt } } }"""
ANSWER = """mutation ($enrollment: UUID!, $attempt: UUID!, $exercise: String!, $answer: JSON!) {
  answer(enrollment: $enrollment, attemptId: $attempt, exercise: $exercise, answer: $answer) {
    verdict rating answered_at: answeredAt
} }"""
COMPLETE = """mutation ($enrollment: UUID!, $lesson: String!) {
  completeLesson(enrollment: $enrollment, lesson: $lesson) { lessonsCompleted } }"""
REVIEWS = "{ reviews(first: 100) { nodes { text stability dueAt } } }"
MEMBERSHIP = "{ membership { lessonsCompleted studiedLanguages } }"


@dataclass
class Story:
    """A new learner. Each step yields the claims that it has checked."""

    base_url: str
    mail_folder: Path
    learner: Client = field(init=False)
    email: str = field(init=False)
    password: str = field(init=False)
    tokens: dict[str, Any] = field(init=False, default_factory=dict)
    learner_id: str = field(init=False, default="")
    enrollment: dict[str, Any] = field(init=False, default_factory=dict)
    lesson: dict[str, Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.learner = Client(self.base_url)
        self.email = f"journey-{secrets.token_hex(6)}@example.org"
        self.password = secrets.token_urlsafe(16)

    def steps(self) -> list[Callable[[], Iterator[str]]]:
        return [
            self.register,
            self.verify,
            self.sign_in,
            self.consent,
            self.refresh,
            self.set_languages,
            self.enroll,
            self.fetch_lesson,
            self.answer_exercises,
            self.complete_lesson,
            self.review_queue,
            self.events,
        ]

    def register(self) -> Iterator[str]:
        body: dict[str, Any] = {"email": self.email, "password": self.password}
        without = self.learner.call("POST", "/api/v1/auth/register", body, expect=422)
        promise(without["code"] == "terms_not_agreed", f"{without}")
        current = without["params"]["current"]
        promise(current == people.terms(self.learner), f"{without}")
        yield "without agreeing to the terms nobody registers: terms_not_agreed"
        body |= {"agreed_terms": current, "consents": ["research_use"]}
        first = self.learner.call("POST", "/api/v1/auth/register", body, expect=202)
        again = self.learner.call("POST", "/api/v1/auth/register", body, expect=202)
        promise(first == again, "registering twice must be answered alike")
        yield f"{self.email} registered; a second registration got the same neutral answer"
        weak = self.learner.send(
            "POST", "/api/v1/auth/register", {**body, "email": "x@example.org", "password": "12345"}
        )
        promise(weak.status == 422 and weak.body["code"] == "weak_password", f"{weak.body}")
        yield "a weak password was refused: weak_password"

    def verify(self) -> Iterator[str]:
        body = {"email": self.email, "password": self.password}
        early = self.learner.call("POST", "/api/v1/auth/sign-in", body, expect=403)
        promise(early["code"] == "address_not_verified", f"{early}")
        yield "signing in before the verification was refused: address_not_verified"
        token = eventually(self._verified, "a link that works")
        self.learner.call("POST", "/api/v1/auth/verification", {"token": token}, expect=422)
        yield "the mailed link verified the address; it works only once"

    def _verified(self) -> str | None:
        # If the first mail left before the second registration, its link is dead.
        token = people.mailed_token(self.mail_folder, self.email, self.base_url)
        answer = self.learner.send("POST", "/api/v1/auth/verification", {"token": token})
        return token if answer.status == 204 else None

    def sign_in(self) -> Iterator[str]:
        body = {"email": self.email.upper(), "password": self.password}
        self.tokens = self.learner.call("POST", "/api/v1/auth/sign-in", body)
        self.learner.token = self.tokens["access_token"]
        me = self.learner.ask(ME)["me"]
        self.learner_id = me["id"]
        promise(me["email"] == self.email, "the profile must be the caller's")
        yield "the learner signed in with the address typed in capitals"

    def consent(self) -> Iterator[str]:
        me = self.learner.ask(NEEDED)
        promise(me["me"]["agreementsNeeded"] == [], f"{me}")
        promise(len(me["agreements"]["nodes"]) == 1, f"{me}")
        allowed = self._allowed(self.learner.call("GET", "/api/v1/me/consents"))
        promise(allowed == {"research_use"}, f"{allowed}")
        answers = {"consents": [{"purpose": "research_use", "granted": False}]}
        allowed = self._allowed(self.learner.call("PUT", "/api/v1/me/consents", answers))
        promise(allowed == set(), f"{allowed}")
        yield "the learner agreed to the terms once, and revoked the only purpose they allowed"

    def _allowed(self, answer: Any) -> set[str]:
        return {one["purpose"] for one in answer["consents"] if one["granted"]}

    def refresh(self) -> Iterator[str]:
        old = {"refresh_token": self.tokens["refresh_token"]}
        self.tokens = self.learner.call("POST", "/api/v1/auth/refresh", old)
        again = self.learner.call("POST", "/api/v1/auth/refresh", old)
        promise(
            again["refresh_token"] == self.tokens["refresh_token"],
            "a repeated refresh must get the same token",
        )
        newest = {"refresh_token": self.tokens["refresh_token"]}
        self.tokens = self.learner.call("POST", "/api/v1/auth/refresh", newest)
        self.learner.token = self.tokens["access_token"]
        promise(self.learner.ask(ME)["me"]["id"] == self.learner_id, "still the same person")
        yield "the learner refreshed the tokens"
        thief = Client(self.base_url)
        thief.call("POST", "/api/v1/auth/refresh", old, expect=401)
        self.learner.call("GET", "/api/v1/me", expect=401)
        yield "a refresh token used twice was refused and ended the session"
        self.learner.token = people.token_of(self.learner, self.email, self.password)
        yield "the learner signed in again"

    def set_languages(self) -> Iterator[str]:
        studied = [{"language": "es", "level": "A1"}]
        me = self.learner.ask(LANGUAGES, native=["en"], studied=studied)["setLanguages"]
        promise(me["nativeLanguages"] == ["en"], f"{me}")
        changes = {"display_name": "Journey", "time_zone": "Europe/Madrid", "country": "ES"}
        me = self.learner.call("PATCH", "/api/v1/me", changes)
        promise(me["time_zone"] == "Europe/Madrid", f"{me}")
        yield "the learner speaks English, studies Spanish and lives in Madrid"

    def enroll(self) -> Iterator[str]:
        catalogue = self.learner.call("GET", "/api/v1/courses?source=en")["results"]
        promise(any(one["course"] == COURSE for one in catalogue), f"no {COURSE} in {catalogue}")
        yield f"there are {len(catalogue)} course(s) for speakers of English"
        key = secrets.token_hex(16)
        self.enrollment = self.learner.ask(ENROLL, key=key, course=COURSE)["enroll"]
        again = self.learner.ask(ENROLL, key=key, course=COURSE)["enroll"]
        promise(again["id"] == self.enrollment["id"], "one Idempotency-Key, one enrollment")
        yield f"one enrollment in {COURSE}, requested twice with one Idempotency-Key"

    def fetch_lesson(self) -> Iterator[str]:
        path = f"/api/v1/enrollments/{self.enrollment['id']}"
        self.lesson = self.learner.call("GET", f"{path}/next-lesson")["lesson"]
        exercises = self.lesson["exercises"]
        promise(bool(exercises), "a lesson has exercises")
        same = self.learner.ask(NEXT_LESSON, id=self.enrollment["id"])["enrollment"]["nextLesson"]
        pairs = list(zip(same["exercises"], exercises, strict=True))
        promise(
            all(each.items() <= whole.items() for each, whole in pairs),
            "REST and GraphQL show the same exercises",
        )
        leaks = [one["key"] for one in exercises if {"answer", "answers"} & set(one)]
        promise(not leaks, f"no answers in {leaks}")
        yield f"lesson {self.lesson['lesson']} has {len(exercises)} exercises and shows no answers"

    def answer_exercises(self) -> Iterator[str]:
        bodies = {one.id: one.body for one in courses.read_pack(PACK).exercises()}
        mistakes = 0
        for number, exercise in enumerate(self.lesson["exercises"]):
            body = bodies[exercise["key"]]
            if number % EVERY_NTH_WRONG == EVERY_NTH_WRONG - 1:
                grade = self._answer(exercise["key"], answers.wrong(body))
                promise(grade["rating"] == 1, f"a wrong answer was accepted: {grade}")
                mistakes += 1
            grade = self._answer(exercise["key"], answers.right(body))
            promise(
                grade["verdict"] in {"correct", "correct_with_note"},
                f"the model answer was refused: {grade}",
            )
        yield f"the learner answered every exercise, {mistakes} of them wrong at first"

    def _answer(self, exercise: str, answer: dict[str, Any]) -> Any:
        body = {"attempt_id": str(new_id()), "exercise": exercise, "answer": answer}
        path = f"/api/v1/enrollments/{self.enrollment['id']}/answers"
        grade = self.learner.call("POST", path, body)
        again = self.learner.ask(
            ANSWER,
            enrollment=self.enrollment["id"],
            attempt=body["attempt_id"],
            exercise=exercise,
            answer=answer,
        )["answer"]
        times = {datetime.fromisoformat(one["answered_at"]) for one in (grade, again)}
        promise(len(times) == 1, f"an attempt is graded once, over REST and GraphQL: {times}")
        promise(again["verdict"] == grade["verdict"], f"both answers agree: {grade}, {again}")
        return grade

    def complete_lesson(self) -> Iterator[str]:
        path = f"/api/v1/enrollments/{self.enrollment['id']}"
        done = f"{path}/lessons/{self.lesson['lesson']}/completion"
        self.learner.call("POST", done)
        variables = {"enrollment": self.enrollment["id"], "lesson": self.lesson["lesson"]}
        again = self.learner.ask(COMPLETE, **variables)["completeLesson"]
        promise(again["lessonsCompleted"] == 1, f"twice is once: {again}")
        learned = self.learner.ask(PROGRESS, id=self.enrollment["id"])["enrollment"]
        progress = learned["progress"]
        mine = next(one for one in progress if one["lesson"] == self.lesson["lesson"])
        promise(mine["completedAt"] is not None, f"{mine}")
        promise(mine["answered"] == mine["exercises"] == mine["correct"], f"{mine}")
        following = self.learner.call("GET", f"{path}/next-lesson")["lesson"]
        promise(following["lesson"] != self.lesson["lesson"], "the next lesson is another one")
        yield f"the lesson is complete; {mine['correct']} of {mine['exercises']} right in the end"
        unfinished = f"{path}/lessons/{following['lesson']}/completion"
        refused = self.learner.call("POST", unfinished, expect=409)
        promise(refused["code"] == "lesson_unfinished", f"{refused}")
        yield "completing a lesson without answers was refused: lesson_unfinished"

    def review_queue(self) -> Iterator[str]:
        page = self.learner.ask(REVIEWS)["reviews"]["nodes"]
        promise(bool(page), "the queue holds the lesson's words")
        due = [datetime.fromisoformat(one["dueAt"]) for one in page]
        promise(due == sorted(due), "what is due first comes first")
        promise(all(one["stability"] > 0 and one["text"] for one in page), f"{page}")
        yield f"{len(page)} words are in the review queue, the first due at {due[0]:%H:%M:%S} UTC"

    def events(self) -> Iterator[str]:
        member = eventually(self._membership, "community's record of the lesson")
        promise(member["lessonsCompleted"] == 1, f"counted once: {member}")
        promise(member["studiedLanguages"] == ["es"], f"{member}")
        yield "community knows of the lesson and the studied language"
        staff = people.demo_person(self.base_url, "sam")
        log = staff.call("GET", f"/api/v1/events/{self.learner_id}")["results"]
        promise_order(log, REGISTERED)
        facts = [one["type"].split(".")[1] for one in log]
        for fact in ("user_registered", "user_verified", "learner_enrolled", "lesson_completed"):
            promise(facts.count(fact) == 1, f"{fact} happened {facts.count(fact)} times: {facts}")
        done = next(one for one in log if one["type"] == "courses.lesson_completed.v1")
        promise("community.count_lesson" in done["handled_by"], f"{done}")
        yield f"staff read {len(log)} events in order; community has handled lesson_completed"
        self.learner.call("GET", f"/api/v1/events/{self.learner_id}", expect=403)
        yield "the learner may not read the event log"

    def _membership(self) -> Any:
        member = self.learner.ask(MEMBERSHIP)["membership"]
        return member if member["lessonsCompleted"] and member["studiedLanguages"] else None

    def sign_out(self) -> Iterator[str]:
        self.learner.call("POST", "/api/v1/auth/sign-out", expect=204)
        self.learner.call("GET", "/api/v1/me", expect=401)
        yield "the learner signed out; the access token is refused at once"
