"""Take a lesson with the client that openapi-generator writes for Python."""

import os
import uuid

import openapi_client as api


def answer_to(exercise: api.PresentedExercise) -> api.ExerciseAnswerRequest:
    found = exercise.actual_instance
    if isinstance(found, api.PresentedFlashcard):
        answer = api.FlashcardAnswerRequest(recalled=True)
    elif isinstance(found, api.PresentedChoice):
        answer = api.ChoiceAnswerRequest(choice=found.options[0])
    elif isinstance(found, api.PresentedTrueFalse):
        answer = api.TrueFalseAnswerRequest(value=True)
    elif isinstance(found, api.PresentedGapChoose):
        answer = api.GapsAnswerRequest(gaps=[gap.options[0] for gap in found.gaps])
    elif isinstance(found, api.PresentedGapType):
        answer = api.GapsAnswerRequest(gaps=["x"] * found.gaps)
    elif isinstance(found, api.PresentedOrder):
        answer = api.OrderAnswerRequest(words=found.words)
    elif isinstance(found, api.PresentedMatch):
        pairs = [list(pair) for pair in zip(found.left, found.right, strict=True)]
        answer = api.MatchAnswerRequest(pairs=pairs)
    else:
        answer = api.TextAnswerRequest(text="Hola. Me llamo Emma.")
    return api.ExerciseAnswerRequest(answer)


def main() -> None:
    settings = api.Configuration(host=os.environ["BASE_URL"])
    with api.ApiClient(settings) as client:
        identity, courses = api.IdentityApi(client), api.CoursesApi(client)
        who = api.SignInRequest(email=os.environ["EMAIL"], password=os.environ["PASSWORD"])
        settings.access_token = identity.sign_in(who).access_token
        course = courses.list_courses(language="es").results[0]
        enrollment = courses.enroll(api.EnrollRequest(course=course.course), str(uuid.uuid4()))
        lesson = courses.get_next_lesson(enrollment.id).lesson
        for exercise in lesson.exercises:
            body = api.AnswerRequest(
                attempt_id=str(uuid.uuid4()),
                exercise=exercise.actual_instance.key,
                answer=answer_to(exercise),
            )
            assert courses.answer(enrollment.id, body).verdict
        progress = courses.complete_lesson(enrollment.id, lesson.lesson, str(uuid.uuid4()))
        done = next(one for one in progress.lessons if one.lesson == lesson.lesson)
        assert done.completed_at, done
        print(f"completed {lesson.lesson}, {len(lesson.exercises)} exercises")  # noqa: T201


main()
