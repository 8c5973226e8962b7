"""Free texts have their writer's level, so that the feed's filter finds them."""

from collections.abc import Callable
from typing import Any

import pytest

from contexts.community.models import Submission
from contexts.identity import api as identity
from contexts.identity.api import Studied
from contexts.shared.kernel import now
from tests.factories.community import NativeFactory
from tests.factories.identity import UserFactory

ClientFor = Callable[[Any], Any]
TEXT = {"text": "I has a cat.", "language": "en-GB"}


def _submitted(client: Any, **more: Any) -> str:
    answer = client.post("/api/v1/community/submissions", {**TEXT, **more}, format="json")
    assert answer.status_code == 201, answer.content
    return str(answer.json()["level"])


@pytest.mark.django_db
class TestAFreeText:
    @pytest.mark.parametrize(
        ("native", "studied", "expected"),
        [
            ([], [("en", "B1")], "B1"),
            ([], [("en-US", "A2"), ("en", "B2")], "B2"),
            (["en"], [], "C2"),
            (["es"], [("fr", "B1")], "A1"),
        ],
        ids=["studied", "twice", "native", "unknown"],
    )
    def test_has_the_level_that_the_profile_says_now(
        self,
        native: list[str],
        studied: list[tuple[str, Any]],
        expected: str,
        client_for: ClientFor,
    ) -> None:
        writer = UserFactory()
        languages = [Studied(language=tag, level=level) for tag, level in studied]
        identity.set_languages(user_id=writer.pk, native=native, studied=languages, now=now())

        level = _submitted(client_for(writer))

        assert level == expected

    def test_has_the_level_that_is_named(self, client_for: ClientFor) -> None:
        assert _submitted(client_for(UserFactory()), level="C1") == "C1"

    def test_is_found_by_its_level(self, client_for: ClientFor) -> None:
        user = UserFactory()
        NativeFactory(id=user.pk)
        reader = client_for(user)
        _submitted(client_for(UserFactory()), level="B1")

        found = {
            level: len(reader.get("/api/v1/community/feed", {"level": level}).json()["results"])
            for level in ("B1", "A1")
        }

        assert found == {"B1": 1, "A1": 0}
        assert Submission.objects.count() == 1

    def test_is_not_looked_for_by_what_is_no_level(self, client_for: ClientFor) -> None:
        answer = client_for(UserFactory()).get("/api/v1/community/feed", {"level": "Z9"})

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == "/level"
