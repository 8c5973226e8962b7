"""`manage.py person erasures` and `erase-again`: erasures outlive a restore."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from contexts.identity.models import User
from contexts.shared import privacy
from contexts.shared.kernel import now
from tests.factories.identity import UserFactory

pytestmark = pytest.mark.django_db


def _erasures(*options: str) -> list[str]:
    output = io.StringIO()
    call_command("person", "erasures", *options, stdout=output)
    return output.getvalue().split()


class TestErasures:
    def test_are_printed_since_an_instant(self) -> None:
        erased, _ = UserFactory(), UserFactory()
        privacy.erase_person(person_id=erased.pk, now=now())

        assert _erasures() == [str(erased.pk)]
        assert _erasures("--since", "2999-01-01T00:00:00Z") == []

    def test_are_done_again_after_a_restore(self, tmp_path: Path) -> None:
        back = UserFactory(display_name="Canary")
        file = tmp_path / "erasures"
        file.write_text(f"{back.pk}\n")

        for _ in range(2):
            call_command("person", "erase-again", str(file), stdout=io.StringIO())

        assert User.objects.get(pk=back.pk).display_name == ""

    @pytest.mark.parametrize("content", ["nonsense", None])
    def test_need_a_list_of_ids(self, content: str | None, tmp_path: Path) -> None:
        file = tmp_path / "erasures"
        if content:
            file.write_text(content)

        with pytest.raises(CommandError):
            call_command("person", "erase-again", str(file))

    def test_need_an_instant(self) -> None:
        with pytest.raises(CommandError, match="is not an instant"):
            _erasures("--since", "yesterday")
