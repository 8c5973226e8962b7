"""The learner's sessions, languages, follows and blocks."""

from typing import TYPE_CHECKING

from contexts.identity import api
from contexts.shared.kernel import new_id, now
from tests.factories.identity import (
    SessionFactory,
    UserFactory,
    agree,
    disagree,
    publish_events_about,
)
from tests.operations.ids import DEVICE, SOMEBODY, WRITER

if TYPE_CHECKING:
    from tests.operations.world import World

# Without English: the corrector is native where the learner is not.
_TAGS = ("de", "fr", "it", "pt", "pl", "nl", "sv", "da", "fi", "cs", "ro", "hu", "el")


def stage(world: "World") -> None:
    learner = world.learner
    UserFactory(id=SOMEBODY)
    UserFactory(id=WRITER)
    world.newcomer = UserFactory(email="newcomer@example.org", verified=False, roles=())
    SessionFactory.create_batch(world.size, user=learner)
    for number in range(world.size):
        agree(learner, f"old-{number}")
    for other in UserFactory.create_batch(world.size):
        api.follow(follower_id=learner.pk, followed_id=other.pk, now=now())
    for other in UserFactory.create_batch(world.size):
        api.block(blocker_id=learner.pk, blocked_id=other.pk, now=now())
    studied = [api.Studied(language="es", level="A1")]
    api.set_languages(user_id=learner.pk, native=_TAGS[: world.size], studied=studied, now=now())
    publish_events_about(learner, times=world.size)


def ask_for_erasure(world: "World") -> None:
    api.request_erasure(user_id=world.learner.pk, now=now())


def agree_to_nothing(world: "World") -> None:
    disagree(world.learner)


def follow_somebody(world: "World") -> None:
    api.follow(follower_id=world.learner.pk, followed_id=SOMEBODY, now=now())


def block_somebody(world: "World") -> None:
    api.block(blocker_id=world.learner.pk, blocked_id=SOMEBODY, now=now())


def sign_in_elsewhere(world: "World") -> None:
    SessionFactory(id=DEVICE, user=world.learner)


def ask_for_export(world: "World") -> None:
    api.request_export(export_id=new_id(), user_id=world.learner.pk, now=now())
