"""Dictionaries for the courses: the command, the image and the server name the same ones."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from busuu.workshop import language_tools
from busuu.workshop.language_tools import Dictionaries


class TestTheLanguages:
    def test_are_those_of_the_shipped_courses(self) -> None:
        assert language_tools.course_languages() == ["en", "es"]

    def test_have_their_packages_in_the_image(self) -> None:
        dockerfile = Path(settings.BASE_DIR, "docker", "Dockerfile").read_text(encoding="utf-8")

        assert [one for one in language_tools.all_packages() if f" {one} " not in dockerfile] == []


class TestWhatIsThere:
    def test_is_said_with_what_is_missing(self) -> None:
        found = Dictionaries(present=("en",), missing=("es", "xx"))

        assert found.packages == ["hunspell", "hunspell-es"]
        assert "Dictionaries: en." in found.summary
        assert "Without one: es, xx." in found.summary
        assert "make language-tools" in found.summary

    def test_is_all_if_nothing_is_missing(self) -> None:
        found = Dictionaries(present=("en", "es"), missing=())

        assert (found.packages, found.summary) == ([], "Dictionaries: en, es.")


class TestInstalling:
    @pytest.fixture(autouse=True)
    def _no_programs(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))

    def test_says_what_to_do_where_there_is_no_apt(self) -> None:
        with pytest.raises(CommandError, match="apt-get install hunspell hunspell-en-us"):
            call_command("language_tools", "--install", stdout=StringIO())

    def test_is_not_needed_to_look(self) -> None:
        out = StringIO()

        call_command("language_tools", stdout=out)

        assert "Without one: en, es." in out.getvalue()
