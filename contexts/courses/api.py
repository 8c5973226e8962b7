"""The door to courses: every use case, and what it may raise."""

from functools import partial

from contexts.courses.adapters.answers import OrmAnswers
from contexts.courses.adapters.cards import OrmCards
from contexts.courses.adapters.catalogue import OrmCatalogue
from contexts.courses.adapters.enrollments import OrmEnrollments
from contexts.courses.adapters.entitlements import LearnerEntitlements
from contexts.courses.adapters.learners import learners
from contexts.courses.adapters.lessons import OrmLessons
from contexts.courses.adapters.packs import PackRefused, read_pack
from contexts.courses.adapters.replays import OrmReplays, outdated
from contexts.courses.adapters.reviews import FsrsScheduler
from contexts.courses.adapters.writings import CommunityWritings
from contexts.courses.application.answers import Answers, AttemptIdReused, Graded, answer_once
from contexts.courses.application.cards import Cards
from contexts.courses.application.enrollments import Enrollments, enroll_once
from contexts.courses.application.lessons import Lessons
from contexts.courses.application.replays import Replays
from contexts.courses.domain.enrollments import (
    AnsweredAtOdds,
    CourseNotFound,
    EnrollmentNotFound,
    ExerciseNotFound,
    LessonNotFound,
    LessonUnfinished,
    PremiumRequired,
    UnitNotFound,
)
from contexts.courses.domain.exercises import ExerciseAnswer, MalformedAnswer
from contexts.courses.domain.grading.patterns import model_answer
from contexts.courses.events import PersonErased
from contexts.courses.queries.answers import find_graded
from contexts.courses.services import cards, entitlements, fabrication, packs, privacy
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.people.people import People

atomic = for_context("courses")
_scheduler = FsrsScheduler()
_enrollments = Enrollments(catalogue=OrmCatalogue(), enrollments=OrmEnrollments())
_lessons = Lessons(enrollments=OrmEnrollments(), lessons=OrmLessons())
_answers = Answers(
    catalogue=OrmCatalogue(),
    answers=OrmAnswers(),
    scheduler=_scheduler,
    words=SystemKnownWords(),
    entitlements=LearnerEntitlements(),
    writings=CommunityWritings(),
)
_cards = Cards(
    enrollments=OrmEnrollments(), answers=OrmAnswers(), cards=OrmCards(), scheduler=_scheduler
)
_replays = Replays(replays=OrmReplays(), scheduler=_scheduler, words=SystemKnownWords())

enroll = partial(enroll_once, atomic(_enrollments.enroll))
move_on = atomic(_enrollments.move_on)
complete_lesson = atomic(_lessons.complete)
answer = partial(answer_once, atomic(_answers.answer), find_graded)
remember_correction = partial(cards.remember_correction, atomic(_cards.remember))
forget_correction = atomic(cards.forget_correction)
note_premium = atomic(entitlements.note_premium)

replay_memory = atomic(_replays.replay)
outdated_memories = partial(outdated, model_version=_scheduler.model_version)

publish_pack = partial(packs.publish_pack, atomic(packs.publish))
fabricate = atomic(fabrication.fabricate)

PEOPLE = People(
    directory=learners,
    noun="learner",
    columns=privacy.COLUMNS,
    export=privacy.export_person,
    erase=privacy.erase,
    erased=PersonErased,
)
