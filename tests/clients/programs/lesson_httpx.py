"""Take a lesson with the client that openapi-python-client writes."""

import os
import uuid

from busuu_open_client import AuthenticatedClient, Client, models
from busuu_open_client.api.courses import answer as send_answer
from busuu_open_client.api.courses import complete_lesson, enroll, get_next_lesson, list_courses
from busuu_open_client.api.identity import sign_in


def answer_to(exercise: object) -> object:  # noqa: PLR0911
    if isinstance(exercise, models.PresentedFlashcard):
        return models.FlashcardAnswerRequest(recalled=True)
    if isinstance(exercise, models.PresentedChoice):
        return models.ChoiceAnswerRequest(choice=exercise.options[0])
    if isinstance(exercise, models.PresentedTrueFalse):
        return models.TrueFalseAnswerRequest(value=True)
    if isinstance(exercise, models.PresentedGapChoose):
        return models.GapsAnswerRequest(gaps=[gap.options[0] for gap in exercise.gaps])
    if isinstance(exercise, models.PresentedGapType):
        return models.GapsAnswerRequest(gaps=["x"] * exercise.gaps)
    if isinstance(exercise, models.PresentedOrder):
        return models.OrderAnswerRequest(words=exercise.words)
    if isinstance(exercise, models.PresentedMatch):
        pairs = [list(pair) for pair in zip(exercise.left, exercise.right, strict=True)]
        return models.MatchAnswerRequest(pairs=pairs)
    return models.TextAnswerRequest(text="Hola. Me llamo Emma.")


def main() -> None:
    base_url = os.environ["BASE_URL"]
    who = models.SignInRequest(email=os.environ["EMAIL"], password=os.environ["PASSWORD"])
    pair = sign_in.sync(client=Client(base_url=base_url), body=who)
    client = AuthenticatedClient(base_url=base_url, token=pair.access_token)
    course = list_courses.sync(client=client, language="es").results[0]
    body = models.EnrollRequest(course=course.course)
    enrollment = enroll.sync(client=client, body=body, idempotency_key=str(uuid.uuid4()))
    lesson = get_next_lesson.sync(enrollment.id, client=client).lesson
    for exercise in lesson.exercises:
        body = models.AnswerRequest(
            attempt_id=uuid.uuid4(), exercise=exercise.key, answer=answer_to(exercise)
        )
        assert send_answer.sync(enrollment.id, client=client, body=body).verdict
    progress = complete_lesson.sync(enrollment.id, lesson.lesson, client=client)
    done = next(one for one in progress.lessons if one.lesson == lesson.lesson)
    assert done.completed_at, done
    print(f"completed {lesson.lesson}, {len(lesson.exercises)} exercises")  # noqa: T201


main()
