"""The whole journey. Each chapter goes on with the people of the chapters before it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from busuu.workshop.journey import people
from busuu.workshop.journey.abroad import Abroad
from busuu.workshop.journey.client import promise
from busuu.workshop.journey.counting import TRAFFIC
from busuu.workshop.journey.feedback import Feedback
from busuu.workshop.journey.leaving import Leaving
from busuu.workshop.journey.lessons import Lessons
from busuu.workshop.journey.paying import Paying
from busuu.workshop.journey.second_factor import SecondFactor
from busuu.workshop.journey.staff import Staff
from busuu.workshop.journey.story import Story

BOGOTA = "America/Bogota"
Step = Callable[[], Iterator[str]]


def steps(base_url: str, mail_folder: Path) -> Iterator[Step]:
    """Yield the steps of the journey. Each step yields the claims that it has checked."""
    story = Story(base_url=base_url, mail_folder=mail_folder)
    yield from story.steps()
    writer = people.newcomer(
        base_url,
        mail_folder,
        native="es",
        studied="en",
        time_zone=BOGOTA,
        country="CO",
    )
    feedback = Feedback(
        base_url=base_url, writer=writer, native=story.learner, native_id=story.learner_id
    )
    yield from feedback.steps()
    yield story.sign_out
    paying = Paying(base_url=base_url, customer=writer, enrollment=feedback.enrollment)
    yield from paying.steps()
    foreigner = people.newcomer(
        base_url, mail_folder, native="de", studied="en", time_zone="Europe/Berlin", country="DE"
    )
    yield from Abroad(base_url=base_url, customer=foreigner).steps()
    lessons = Lessons(base_url=base_url, learner=writer, zone=ZoneInfo(BOGOTA))
    yield from lessons.steps()
    yield from Staff(
        base_url=base_url, person=writer, feedback=feedback, paying=paying, lessons=lessons
    ).steps()
    yield from SecondFactor(base_url=base_url, mail_folder=mail_folder).steps()
    yield from Leaving(base_url=base_url, person=writer).steps()
    yield both_interfaces


def both_interfaces() -> Iterator[str]:
    """Check that about half of the requests went over GraphQL."""
    promise(40 <= TRAFFIC.percent <= 60, f"about half went over GraphQL: {TRAFFIC}")
    yield f"{TRAFFIC.rest} requests over REST, {TRAFFIC.graphql} ({TRAFFIC.percent} %) over GraphQL"
