"""The whole journey: chapter after chapter, each with the people of those before."""

from collections.abc import Callable, Iterator
from pathlib import Path

from busuu.journey import people
from busuu.journey.feedback import Feedback
from busuu.journey.story import Story

Step = Callable[[], Iterator[str]]


def steps(base_url: str, mail_folder: Path) -> Iterator[Step]:
    """Everything that the journey claims, step by step."""
    story = Story(base_url=base_url, mail_folder=mail_folder)
    yield from story.steps()
    writer = people.newcomer(
        base_url,
        mail_folder,
        native="es",
        studied="en",
        time_zone="America/Bogota",
        country="CO",
    )
    yield from Feedback(base_url=base_url, writer=writer, native=story.learner).steps()
    yield story.sign_out
