"""A text goes from one person to another over HTTP, with every event flowing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from rest_framework.test import APIClient

from contexts.identity import api as identity
from contexts.shared.kernel import now
from tests.factories.community import languages_of
from tests.factories.identity import UserFactory

User = get_user_model()

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], APIClient]
Deliver = Callable[[], int]
BASE = "/api/v1/community"


def _person(native: str, studied: str) -> User:
    user: User = UserFactory()
    learns = [identity.Studied(language=studied, level="A2")]
    identity.set_languages(user_id=user.pk, native=[native], studied=learns, now=now())
    return user


def _post(client: APIClient, path: str, body: Any = None, *, status: int = 200) -> Any:
    response = client.post(f"{BASE}/{path}", body, format="json")
    assert response.status_code == status, response.content
    return response.json() if response.content else None


def _get(client: APIClient, path: str) -> Any:
    response = client.get(f"{BASE}/{path}")
    assert response.status_code == 200, response.content
    return response.json()


@pytest.fixture
def writer_user() -> User:
    return _person("es", "en")


@pytest.fixture
def native_user() -> User:
    return _person("en-GB", "es")


class TestAText:
    def test_is_marked_offered_corrected_judged_and_paid(
        self, writer_user: User, native_user: User, client_for: ClientFor, deliver: Deliver
    ) -> None:
        writer, native = client_for(writer_user), client_for(native_user)
        deliver()
        text = "Yesterday i goed home. My dog is big. I love him."
        made = _post(writer, "submissions", {"text": text, "language": "en"}, status=201)
        deliver()

        draft = _get(writer, f"submissions/{made['id']}")["draft"]
        assert (draft["state"], draft["source"]) == ("ready", "machine")
        assert ("i", "I") in [(edit["old"], edit["new"]) for edit in draft["edits"]]
        assert [one["id"] for one in _get(native, "feed")["results"]] == [made["id"]]
        assert _get(writer, "feed")["results"] == []

        assert _post(native, "next")["submission"] == made["id"]
        answers = [
            {"index": 0, "corrected": "Yesterday I went home."},
            {"index": 1, "perfect": True},
            {"index": 2, "edits": [{"start": 7, "end": 10, "old": "him", "new": "her"}]},
        ]
        path = f"submissions/{made['id']}/corrections"
        _post(native, path, {"sentences": answers, "comment": "Good!"}, status=201)
        deliver()

        [notice] = _get(writer, "notifications")["results"]
        assert (notice["kind"], notice["submission"]) == ("submission_corrected", made["id"])
        [given] = _get(writer, f"submissions/{made['id']}")["corrections"]
        edits = [edit["id"] for one in given["sentences"] for edit in one["edits"]]
        _post(writer, f"edits/{edits[0]}/acceptance", status=204)
        _post(writer, f"edits/{edits[-1]}/dispute", {"reason": "It is a he."}, status=204)
        deliver()

        [english] = _get(native, "me/reputation")["languages"]
        assert (english["accepted"], english["disputed"]) == (1, 1)
        assert _get(native, "me/reputation")["points"] == 10
        kinds = {one["kind"] for one in _get(native, "notifications")["results"]}
        assert kinds == {"edit_accepted", "edit_disputed"}

    def test_ends_for_both_with_a_block(
        self, writer_user: User, native_user: User, client_for: ClientFor, deliver: Deliver
    ) -> None:
        writer, native = client_for(writer_user), client_for(native_user)
        made = _post(writer, "submissions", {"text": "I am here.", "language": "en"}, status=201)
        deliver()
        before = len(_get(native, "feed")["results"])

        identity.block(blocker_id=writer_user.pk, blocked_id=native_user.pk, now=now())
        deliver()
        after = _get(native, "feed")["results"]
        taken = native.post(f"{BASE}/submissions/{made['id']}/lease")
        identity.unblock(blocker_id=writer_user.pk, blocked_id=native_user.pk, now=now())
        deliver()

        assert (before, after, taken.status_code) == (1, [], 404)
        assert len(_get(native, "feed")["results"]) == 1


class TestLanguages:
    def test_follow_the_profile(self, native_user: User, deliver: Deliver) -> None:
        deliver()
        before = languages_of(native_user.pk)

        identity.set_languages(
            user_id=native_user.pk, native=["es", "es-MX"], studied=[], now=now()
        )
        deliver()

        assert before == {("en", "native"), ("es", "studied")}
        assert languages_of(native_user.pk) == {("es", "native")}
