"""A person who wrote in every context is erased from every context."""

import pickle
from base64 import b64decode
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections
from rest_framework.test import APIClient

from contexts.identity import api as identity
from contexts.shared.database.placement.aliases import alias_of, all_aliases
from contexts.shared.http.clients import Client
from contexts.shared.kernel import new_id, now
from tests.factories.courses import EnrollmentFactory, published_course
from tests.factories.identity import PASSWORD, UserFactory

User = get_user_model()

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], APIClient]
Deliver = Callable[[], int]

CANARIES = [
    f"canary{name}"
    for name in (
        "mail",
        "name",
        "answer",
        "writing",
        "question",
        "reply",
        "dispute",
        "comment",
        "reason",
        "report",
        "intro",
        "agent",
        "log",
    )
]


class Life:
    """A person who uses every part, and writes a canary into every text."""

    def __init__(self, client_for: ClientFor, deliver: Deliver) -> None:
        self.deliver = deliver
        self.person: User = UserFactory(email="canarymail@example.org", display_name="canaryname")
        self.other: User = UserFactory()
        self._speak(self.person, native="es", studied="en")
        self._speak(self.other, native="en", studied="es")
        self.mine, self.theirs = client_for(self.person), client_for(self.other)
        deliver()

    def _speak(self, user: User, *, native: str, studied: str) -> None:
        learns = [identity.Studied(language=studied, level="A2")]
        identity.set_languages(user_id=user.pk, native=[native], studied=learns, now=now())

    def live(self) -> None:
        self._sign_in()
        self._learn()
        self._be_corrected()
        self._correct()
        self._teach()
        self._be_looked_after()

    def _sign_in(self) -> None:
        identity.sign_in(
            session_id=new_id(),
            email=self.person.email,
            password=PASSWORD,
            client=Client(agent="canaryagent"),
            now=now(),
        )

    def _learn(self) -> None:
        course = published_course()
        mine = EnrollmentFactory(course=course, learner_id=self.person.pk)
        for exercise, text in (
            ("cafe.e.translate", "Quiero un canaryanswer"),
            ("cafe.e.write", "Hola, canarywriting."),
        ):
            body = {"attempt_id": str(new_id()), "exercise": exercise, "answer": {"text": text}}
            _post(self.mine, f"enrollments/{mine.pk}/answers", body, status=200)
        self.deliver()

    def _be_corrected(self) -> None:
        text = {"text": "I has a dog.", "language": "en", "question": "canaryquestion?"}
        made = _post(self.mine, "community/submissions", text)
        self.deliver()
        path = f"community/submissions/{made['id']}"
        _post(self.theirs, f"{path}/lease", status=None)
        answers = [{"index": 0, "corrected": "I have a dog."}]
        _post(self.theirs, f"{path}/corrections", {"sentences": answers})
        self.deliver()
        given = self.mine.get(f"/api/v1/{path}").json()["corrections"][0]
        edit = given["sentences"][0]["edits"][0]["id"]
        _post(self.mine, f"community/edits/{edit}/replies", {"text": "canaryreply"})
        dispute = {"reason": "canarydispute"}
        _post(self.mine, f"community/edits/{edit}/dispute", dispute, status=204)
        report = {
            "kind": "correction",
            "subject": given["id"],
            "reason": "spam",
            "comment": "canaryreport",
        }
        _post(self.mine, "community/reports", report)

    def _correct(self) -> None:
        text = {"text": "Yo tiene un perro.", "language": "es"}
        made = _post(self.theirs, "community/submissions", text)
        self.deliver()
        path = f"community/submissions/{made['id']}"
        _post(self.mine, f"{path}/lease", status=None)
        edit = {"start": 3, "end": 8, "old": "tiene", "new": "tengo", "reason": "canaryreason"}
        answers = [{"index": 0, "edits": [edit]}]
        sent = {"sentences": answers, "comment": "canarycomment"}
        _post(self.mine, f"{path}/corrections", sent)
        self.deliver()

    def _teach(self) -> None:
        wish = {"languages": ["es"], "introduction": "canaryintro", "time_zone": "Europe/Madrid"}
        _post(self.mine, "tutoring/application", wish)
        self.deliver()

    def _be_looked_after(self) -> None:
        """Change the person in the admin, as old releases did: with the name in the log."""
        LogEntry.objects.create(
            user=self.other,
            content_type=ContentType.objects.get_for_model(User),
            object_id=str(self.person.pk),
            object_repr="canarylog",
            action_flag=CHANGE,
        )


def _post(client: APIClient, path: str, body: Any = None, *, status: int | None = 201) -> Any:
    response = client.post(f"/api/v1/{path}", body, format="json")
    assert response.status_code == status or (status is None and response.status_code < 300), (
        path,
        response.content,
    )
    return response.json() if response.content else None


def _found() -> set[str]:
    """Return the canaries that a table, the cache or a file of ours still holds."""
    kept = "\n".join([*_tables(), *_cached(), *_files()]).lower()
    return {canary for canary in CANARIES if canary in kept}


def _tables() -> list[str]:
    rows = []
    for alias in all_aliases():
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connections[alias].ops.quote_name(table)}")
                rows += [str(row) for row in cursor.fetchall()]
    assert len(rows) > len(list(apps.get_models()))
    return rows


def _cached() -> list[str]:
    """Return the keys and values of the cache, in the database or in Redis."""
    backend: Any = caches["default"]
    if isinstance(backend, DatabaseCache):
        with connections[alias_of("identity")].cursor() as cursor:
            cursor.execute(f"SELECT cache_key, value FROM {backend._table}")
            return [f"{key} {pickle.loads(b64decode(value))}" for key, value in cursor.fetchall()]
    redis = backend._cache.get_client()
    ours = redis.scan_iter(f"*{backend.key_prefix}*")
    return [f"{key!r} {redis.get(key)!r}" for key in ours]


def _files() -> list[str]:
    folder = Path(settings.VAR_DIR)
    files = [file for file in folder.rglob("*") if file.is_file() and "sqlite" not in file.name]
    return [file.read_text(errors="replace") for file in files]


class TestTheSearch:
    def test_sees_what_is_cached(self) -> None:
        cache.set("a-key", ["canaryname"], 60)

        found = _found()
        # Redis forgets nothing between tests.
        cache.delete("a-key")

        assert found == {"canaryname"}


class TestAPersonWhoLeaves:
    def test_is_found_nowhere_once_every_context_has_confirmed(
        self, client_for: ClientFor, deliver: Deliver
    ) -> None:
        life = Life(client_for, deliver)
        life.live()
        before = _found()
        identity.request_erasure(user_id=life.person.pk, now=now())

        identity.start_due_erasures(now=now() + timedelta(days=15))
        deliver()

        assert before == set(CANARIES)
        assert _found() == set()
        assert apps.get_model("identity", "Erasure").objects.get().completed_at is not None

    def test_leaves_to_others_their_own_sentences(
        self, client_for: ClientFor, deliver: Deliver
    ) -> None:
        life = Life(client_for, deliver)
        life.live()
        identity.request_erasure(user_id=life.person.pk, now=now())

        identity.start_due_erasures(now=now() + timedelta(days=15))
        deliver()

        texts = life.theirs.get("/api/v1/community/submissions").json()["results"]
        kept = life.theirs.get(f"/api/v1/community/submissions/{texts[0]['id']}").json()
        assert kept["corrections"][0]["sentences"][0]["text"] == "Yo tiene un perro."
        assert kept["corrections"][0]["corrector"] is None
