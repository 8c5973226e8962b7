"""The staged world: one learner owns its rows, and every other role may ask for them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from contexts.identity import api as identity
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.kernel import now
from contexts.shared.people.directory import directories
from tests.factories.community import MemberFactory, NativeFactory
from tests.factories.identity import (
    UserFactory,
    access_token,
    address_token,
    refresh_token,
    reset_token,
    verification_token,
)
from tests.factories.tutoring import approved_tutor, learner_with
from tests.operations.ids import LEARNER_ID, SOMEBODY, TEACHING, WRITER
from tests.operations.record import Operation
from tests.operations.roles import APART, INVOLVED, NATIVES, STAFF, TUTORS
from tests.operations.staging import billing, community, courses, tutoring
from tests.operations.staging import identity as people

User = get_user_model()


@contextmanager
def undone() -> Iterator[None]:
    """Roll back what happens inside, in every database."""
    with ExitStack() as opened:
        for alias in all_aliases():
            opened.enter_context(transaction.atomic(using=alias))
        yield
        for alias in all_aliases():
            transaction.set_rollback(True, using=alias)


@contextmanager
def staged(blocker: DjangoDbBlocker, size: int = 1) -> Iterator["World"]:
    """Yield a world that many tests share; each of them must undo what it does."""
    with blocker.unblock(), undone():
        yield World(size)


class World:
    """A person for each role, and `size` rows of each kind for the learner."""

    newcomer: User
    session: str
    webhook: Any

    def __init__(self, size: int = 1) -> None:
        self.size = size
        self.client = Client(raise_request_exception=False)
        self.learner: User = UserFactory(id=LEARNER_ID, email="learner@example.org")
        self.people = self._people()
        for context in (people, courses, community, tutoring, billing):
            context.stage(self)
        self.owners: set[UUID] = {self.people[role].pk for role in INVOLVED} | {SOMEBODY, WRITER}
        self._settle()
        self._set_apart()
        self.tokens = {role: access_token(person) for role, person in self.people.items()}
        self.secrets = {
            "<verification>": verification_token(self.newcomer),
            "<reset>": reset_token(self.learner),
            "<refresh>": refresh_token(self.learner),
            "<address>": address_token(self.learner),
        }

    def _people(self) -> dict[str, User]:
        found: dict[str, User] = {"learner": self.learner}
        found["teacher"] = UserFactory(id=TEACHING, roles=("tutor",))
        found["tutor"] = UserFactory(roles=("tutor",))
        found |= {role: UserFactory() for role in sorted(NATIVES | APART)}
        for role in sorted(STAFF):
            person = UserFactory(roles=())
            identity.grant_role(user_id=person.pk, role=role, now=now())
            found[role] = User.objects.get(pk=person.pk)
        return found

    def _settle(self) -> None:
        """Give everyone the credits, languages and memberships that samples need."""
        approved_tutor(self.people["tutor"].pk)
        for role, person in self.people.items():
            if role in {"other", *APART}:
                NativeFactory(id=person.pk)
            elif role in TUTORS | STAFF:
                MemberFactory(id=person.pk)
            for context, directory in directories().items():
                if context != "community":
                    directory.remember(person_id=person.pk)
            if role != "learner":
                learner_with(3, person.pk)

    def _set_apart(self) -> None:
        for owner in self.owners:
            self._block(owner, self.people["blocked"].pk)
            self._block(self.people["blocker"].pk, owner)

    @staticmethod
    def _block(blocker_id: UUID, blocked_id: UUID) -> None:
        identity.block(blocker_id=blocker_id, blocked_id=blocked_id, now=now())
        for directory in directories().values():
            directory.refresh_block(blocker_id=blocker_id, blocked_id=blocked_id)

    def headers(self, operation: Operation) -> dict[str, str]:
        """The credentials of the role that sends the sample."""
        return self.headers_of(operation.caller)

    def headers_of(self, role: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[role]}"} if role in self.tokens else {}

    def prepare(self, operation: Operation) -> None:
        """Run the stage of the record."""
        if operation.stage:
            operation.stage(self)

    def sample(self, operation: Operation) -> dict[str, Any]:
        """The sample of this world: grown to its size, with real tokens."""
        grown = operation.much(self.size) if operation.much and self.size > 1 else {}
        whole = {**operation.sample, **grown}
        return {name: self._plain(value) for name, value in whole.items()}

    def _plain(self, value: Any) -> Any:
        if isinstance(value, UUID):
            return str(value)
        return self.secrets.get(value, value) if isinstance(value, str) else value

    def body(self, operation: Operation) -> dict[str, Any]:
        """The sample's part that is sent as a body."""
        sample = self.sample(operation)
        return {name: sample[name] for name in operation.body}

    def raw(self, operation: Operation, **changes: Any) -> bytes:
        """The body as JSON, with other values for `changes`."""
        whole = {**self.body(operation), **changes}
        return json.dumps(whole).encode() if whole else b""

    def ask(
        self,
        operation: Operation,
        role: str = "",
        *,
        path: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> Any:
        """Send the sample as a role, with other values in the address and the body."""
        return self._generic(
            operation.method,
            f"{operation.url(**(path or {}))}?{operation.query}".rstrip("?"),
            self.raw(operation, **changes),
            headers=self.headers_of(role or operation.caller),
        )

    def send(
        self,
        operation: Operation,
        raw: bytes | None = None,
        *,
        url: str | None = None,
        headers: Mapping[str, str] | None = None,
        method: str | None = None,
        content_type: str = "application/json",
    ) -> Any:
        """Send a request to the operation, signed in unless `headers` say otherwise."""
        return self._generic(
            method or operation.method,
            url or operation.url(),
            raw or b"",
            content_type=content_type,
            headers={**self.headers(operation), **(headers or {})},
        )

    def _generic(
        self, method: str, url: str, raw: bytes, *, headers: Mapping[str, str], **more: Any
    ) -> Any:
        kind = more.pop("content_type", "application/json")
        # GraphQL answers with problems only if asked for them; REST always does.
        whole = {"Accept": "application/problem+json", **headers}
        return self.client.generic(method, url, raw, content_type=kind, headers=whole)
