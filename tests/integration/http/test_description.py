"""The served OpenAPI file is the committed one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import trans_real

from busuu import rest


@pytest.fixture
def _not_described_yet() -> Iterator[None]:
    rest._described.cache_clear()
    yield
    rest._described.cache_clear()


@pytest.mark.usefixtures("_not_described_yet")
class TestTheDescription:
    @pytest.mark.parametrize("language", ["es", "de", "en"])
    def test_is_the_committed_one_in_any_language(self, language: str) -> None:
        answer = Client().get("/api/schema", headers={"Accept-Language": language})

        committed = Path(settings.BASE_DIR, "docs", "openapi.yaml").read_text(encoding="utf-8")
        assert answer.status_code == 200
        assert answer.content.decode() == committed

    def test_learns_no_language_that_somebody_asks_for(self) -> None:
        Client().get("/api/schema")
        known = set(trans_real._translations)

        for made_up in ("zz", "yy", "a-b-c-d"):
            assert Client().get("/api/schema", {"lang": made_up}).status_code == 200

        assert set(trans_real._translations) == known
