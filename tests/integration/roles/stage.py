"""A world whose rows belong to one learner, and everybody else who may ask for them."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.test import Client

from contexts.community.models import Submission
from contexts.identity import api as identity
from contexts.identity.models import User
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.kernel import now
from contexts.shared.people.directory import directories
from tests.factories.community import MemberFactory, NativeFactory
from tests.factories.identity import UserFactory, access_token
from tests.factories.tutoring import approved_tutor, learner_with
from tests.integration.http.samples.call import Call
from tests.integration.http.samples.community import HELD, NATIVE, OFFERED
from tests.integration.http.samples.tutoring import TUTOR
from tests.integration.http.world import SOMEBODY, World
from tests.integration.roles.moving import moved, rows_of, tables, written

# The learner owns the sample rows, learns from the teacher and was corrected by the corrector.
# The other learner could have been any of them; the blocked one is blocked by all who have a row
# in the world, and the blocker has blocked them. The tutor is another than the learner's.
ROLES = (
    "anonymous",
    "learner",
    "other",
    "blocked",
    "blocker",
    "teacher",
    "corrector",
    "tutor",
    "moderator",
    "support",
    "finance",
    "admin",
)
APART = frozenset({"blocked", "blocker"})
STAFF = frozenset({"moderator", "support", "finance", "admin"})
INVOLVED = frozenset({"learner", "teacher", "corrector"})


@contextmanager
def undone() -> Iterator[None]:
    """What is done to the databases inside is undone at its end."""
    with ExitStack() as opened:
        for alias in all_aliases():
            opened.enter_context(transaction.atomic(using=alias))
        yield
        for alias in all_aliases():
            transaction.set_rollback(True, using=alias)


class Stage:
    """The world of tests/integration/http/world.py, with a person for each role."""

    def __init__(self) -> None:
        self.world = World()
        self.world.join_community()
        self.people: dict[str, User] = {
            "learner": self.world.learner,
            "teacher": self.world.user(TUTOR),
            "corrector": self.world.user(NATIVE),
            "support": self.world.staff,
            "admin": self.world.user(("admin",)),
            "tutor": UserFactory(roles=("tutor",)),
            "moderator": UserFactory(roles=("moderator",)),
            "finance": UserFactory(roles=("finance",)),
            **{role: UserFactory() for role in ("other", *APART)},
        }
        self.owners = self._owners()
        self._settle()
        self._set_apart()
        self.tokens = {role: access_token(person) for role, person in self.people.items()}
        self.signed_in = {role: self._cookies(role) for role in self.people}
        self.before = rows_of(tables())

    def _cookies(self, role: str) -> Any:
        """Those of a browser in which somebody of a role has signed in."""
        if role in STAFF:
            # As identity does with whoever is given such a role.
            wide = role == "admin"
            person = User.objects.filter(pk=self.people[role].pk)
            person.update(is_staff=True, is_superuser=wide)
        browser = Client()
        browser.force_login(self.people[role])
        return browser.cookies

    def _settle(self) -> None:
        """Nobody is refused for want of credits, a language or a membership."""
        approved_tutor(self.people["tutor"].pk)
        for role in ("other", *APART):
            NativeFactory(id=self.people[role].pk)
        for role in ("tutor", "teacher", "moderator", "support", "finance", "admin"):
            MemberFactory(id=self.people[role].pk)
        for role, person in self.people.items():
            for context, directory in directories().items():
                if context != "community":
                    directory.remember(person_id=person.pk)
            if role != "learner":
                learner_with(3, person.pk)

    def _set_apart(self) -> None:
        for one in self.owners:
            if not User.objects.filter(pk=one).exists():
                UserFactory(id=one)
            self._block(one, self.people["blocked"].pk)
            self._block(self.people["blocker"].pk, one)

    def _owners(self) -> set[UUID]:
        """Everybody whose rows the sample calls are about."""
        writers = Submission.objects.filter(pk__in=[OFFERED, HELD])
        mine = {self.people[role].pk for role in INVOLVED}
        return {*mine, SOMEBODY, *writers.values_list("writer_id", flat=True)}

    @staticmethod
    def _block(blocker_id: UUID, blocked_id: UUID) -> None:
        identity.block(blocker_id=blocker_id, blocked_id=blocked_id, now=now())
        for directory in directories().values():
            directory.refresh_block(blocker_id=blocker_id, blocked_id=blocked_id)

    def wish_to_be_forgotten(self) -> None:
        """The learner's, so that there is one to tell of."""
        identity.request_erasure(user_id=self.people["learner"].pk, now=now())

    def send(self, call: Call, role: str, **changes: Any) -> Any:
        """The sample call as somebody of a role sends it; `changes` are of its body."""
        body = {**self.world.body(call), **changes}
        return self.world.client.generic(
            call.method,
            call.url(),
            json.dumps(body) if body else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.tokens[role]}"} if role in self.tokens else {},
        )

    def ask_all(self, ask: Callable[[str], Any]) -> tuple[dict[str, Any], set[str]]:
        """Everybody's answer, each to an untouched world, and what strangers moved."""
        asked, moves = {}, set()
        for role in ROLES:
            asked[role], more = self.watch(role, partial(ask, role))
            moves |= more
        return asked, moves

    def watch(self, role: str, ask: Callable[[], Any]) -> tuple[Any, set[str]]:
        """An answer to somebody of a role, and the models of others' rows that moved by it."""
        with undone():
            with written() as kept:
                answer = ask()
            caller_id = self.people[role].pk if role in self.people else None
            moves = moved(self.before, kept, caller_id)
        return answer, moves if role not in INVOLVED else set()
