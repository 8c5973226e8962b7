"""Every REST operation of the context, where there is `size` of all there may be much of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from contexts.community import api
from contexts.community.models import Edit, Reply, Submission
from contexts.identity.models import User
from contexts.shared.kernel import new_id, now
from tests.factories.community import (
    NativeFactory,
    NotificationFactory,
    corrected,
    first_edit,
    opened_text,
)
from tests.factories.identity import UserFactory
from tests.integration.operations.asking import Asking


class Staged:
    """The learner's texts, of which one is corrected, and others' that a native may correct."""

    def __init__(self, world: Any) -> None:
        self.native: User = UserFactory()
        NativeFactory(id=self.native.pk)
        self.size, writer_id = world.size, world.learner.pk
        self.waiting = self._text(writer_id)
        self.answered = self._text(writer_id)
        self.correction: UUID = corrected(
            self.answered, self.native.pk, answers=self.answers(), comment="Fine."
        )
        self.edit: Edit = first_edit(self.correction)
        self._talk(writer_id)
        # A few a day, since there is a limit.
        for days in range(2 * self.size, 0, -2):
            opened_text(writer_id, at=now() - timedelta(days=days))
            opened_text(at=now() - timedelta(days=days))
        self.held = self._text()
        api.take(submission_id=self.held.pk, member_id=self.native.pk, now=now())
        self.offered = opened_text()
        NotificationFactory.create_batch(self.size, recipient_id=writer_id)

    def _text(self, writer_id: UUID | None = None) -> Submission:
        return opened_text(writer_id, text="I has a dog. " * self.size)

    def answers(self) -> list[dict[str, Any]]:
        """SQLite takes some sixty edits a statement; who sends more gets one more."""
        corrected: dict[str, Any] = {"corrected": "I have a dog."}
        return [
            {"index": n, **(corrected if n < 50 else {"perfect": True})} for n in range(self.size)
        ]

    def _talk(self, writer_id: UUID) -> None:
        Reply.objects.bulk_create(
            Reply(id=new_id(), edit=self.edit, author_id=writer_id, text="Why?", created_at=now())
            for _ in range(self.size)
        )


def stage(world: Any) -> None:
    """Fill the world of tests/integration/endpoints.py: `world.size` of everything."""
    world.community = Staged(world)


def _mine(path: str, body: Any = None) -> Callable[[Any], Asking]:
    return lambda world: Asking(path=f"community/{path}", body=body, caller=world.learner)


def _text(name: str, path: str = "", body: Any = None) -> Callable[[Any], Asking]:
    def asking(world: Any) -> Asking:
        text: Submission = getattr(world.community, name)
        return Asking(
            path=f"community/submissions/{text.pk}{path}", body=body, caller=world.learner
        )

    return asking


def _edit(path: str, body: Any = None) -> Callable[[Any], Asking]:
    def asking(world: Any) -> Asking:
        edit: Edit = world.community.edit
        return Asking(path=f"community/edits/{edit.pk}{path}", body=body, caller=world.learner)

    return asking


def _native(path: str) -> Callable[[Any], Asking]:
    return lambda world: Asking(path=f"community/{path}", caller=world.community.native)


def _offered(world: Any) -> Asking:
    text = world.community.offered
    path = f"community/submissions/{text.pk}/lease"
    return Asking(path=path, caller=world.community.native)


def _held(world: Any, path: str, body: Any = None) -> Asking:
    text = world.community.held
    path = f"community/submissions/{text.pk}/{path}"
    return Asking(path=path, body=body, caller=world.community.native)


def _next(world: Any) -> Asking:
    native: User = UserFactory()
    NativeFactory(id=native.pk)
    return Asking(path="community/next", caller=native)


def _thanks(world: Any) -> Asking:
    path = f"community/corrections/{world.community.correction}/thanks"
    return Asking(path=path, caller=world.learner)


def _report(world: Any) -> Asking:
    subject = str(world.community.correction)
    body = {"kind": "correction", "subject": subject, "reason": "spam"}
    return Asking(path="community/reports", body=body, caller=world.learner)


OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "get my-points": _native("me/points"),
    "get my-reputation": _native("me/reputation"),
    "get submissions": _mine("submissions"),
    "post submissions": _mine("submissions", {"text": "I has a dog.", "language": "en"}),
    "get submission": _text("answered"),
    "patch submission": _text("waiting", body={"text": "I have a cat."}),
    "post withdrawal": _text("waiting", "/withdrawal"),
    "post lease": _offered,
    "delete lease": lambda world: _held(world, "lease"),
    "post corrections": lambda world: _held(
        world, "corrections", {"sentences": world.community.answers()}
    ),
    "get feed": _native("feed"),
    "post next-text": _next,
    "post acceptance": _edit("/acceptance"),
    "post dispute": _edit("/dispute", {"reason": "I think it was right."}),
    "post replies": _edit("/replies", {"text": "Why?"}),
    "post thanks": _thanks,
    "get notifications": _mine("notifications"),
    "post open-stream": _mine("stream"),
    "get unread-notifications": _mine("notifications/unread"),
    "post read-notifications": _mine("notifications/read"),
    "post reports": _report,
}
