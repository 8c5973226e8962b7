"""What the language engines of this machine tell."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from contexts.shared.assist import hunspell
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.assist.languages import other_language
from contexts.shared.language import sentences, words
from tests.integration.community.test_drafting import CORRECT_ENGLISH, CORRECT_SPANISH

TEXTS = {"en": CORRECT_ENGLISH, "es": CORRECT_SPANISH}


def _long_enough(language: str) -> list[str]:
    found = sentences(TEXTS[language].replace("\n", " "), language)
    return [span.text for span in found if len(words(span.text)) >= 4]


class TestOtherLanguage:
    @pytest.mark.parametrize("language", TEXTS)
    def test_takes_no_sentence_for_another_language(self, language: str) -> None:
        found = _long_enough(language)

        doubted = [one for one in found if other_language(one, expected=language, spoken=["es"])]

        assert len(found) > 40
        assert doubted == []

    @pytest.mark.parametrize(("written", "expected"), [("en", "es"), ("es", "en")])
    def test_sees_nearly_every_sentence_of_another_language(
        self, written: str, expected: str
    ) -> None:
        found = _long_enough(written)

        seen = [one for one in found if other_language(one, expected=expected)]

        assert len(seen) >= 0.97 * len(found)

    def test_names_it(self) -> None:
        text = "Hola, me llamo Juan y vivo en Madrid con mi familia."

        assert other_language(text, expected="en-GB") == "es"
        assert other_language(text, expected="es-MX") is None

    @pytest.mark.parametrize("text", ["", "Hola!", "Buenos días, amigo.", "😀 😀 😀 😀 😀"])
    def test_does_not_judge_few_words(self, text: str) -> None:
        assert other_language(text, expected="en") is None

    def test_does_not_judge_languages_that_it_does_not_know(self) -> None:
        assert other_language("one two three four five", expected="tlh") is None


class TestSuggestions:
    def test_are_none_without_hunspell(self) -> None:
        bare = SystemKnownWords(dictionaries=dict)

        assert bare.suggestions("recieve", "en") == ()
        assert bare.is_word("recieve", "en") is False
        assert bare.is_listed("colour", "en-US") is True

    def test_are_what_hunspell_says(self) -> None:
        assert hunspell._suggested("& wrod 2 1: word, rod") == ("word", "rod")
        assert hunspell._suggested("# xqzt 1") == ()

    def test_come_with_where_it_is_installed(self) -> None:
        here = SystemKnownWords()
        if not any(name.startswith("en_") for name in hunspell.installed()):
            assert here.suggestions("recieve", "en") == ()
            return

        assert "receive" in here.suggestions("recieve", "en")
        assert here.suggestions("two words", "en") == ()
        here.close()


# What hunspell says on its pipe of one word that it knows and one that it does not.
_FAKE = """#!/bin/sh
if [ "$1" = -D ]; then
  printf 'SEARCH PATH:\\n/nowhere\\nAVAILABLE DICTIONARIES (path is not mandatory):\\n/x/en_US\\n'
  exit
fi
echo '@(#) International Ispell Version 3.2.06 (but really Hunspell 1.7.2)'
while read -r word; do
  case "$word" in
    ^receive) printf '*\\n\\n' ;;
    ^recieve) printf '& recieve 3 1: receive, relieve, recitative\\n\\n' ;;
    ^well-maid) printf '*\\n& maid 2 6: mad, made\\n\\n' ;;
    *) printf '# %s 1\\n\\n' "$word" ;;
  esac
done
"""


class TestAHunspellOnThePath:
    @pytest.fixture
    def words(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SystemKnownWords]:
        program = tmp_path / "hunspell"
        program.write_text(_FAKE)
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        found = SystemKnownWords()
        yield found
        found.close()

    def test_is_asked_what_a_word_may_have_been_meant_to_be(self, words: SystemKnownWords) -> None:
        assert hunspell.installed() == {"en_us": "en_US"}
        assert words.suggestions("recieve", "en-US") == ("receive", "relieve", "recitative")
        assert words.is_word("recieve", "en-US") is False

    def test_has_nothing_to_say_of_words_that_it_knows_or_cannot_guess(
        self, words: SystemKnownWords
    ) -> None:
        assert words.is_word("receive", "en") is True
        assert words.suggestions("receive", "en") == ()
        assert words.suggestions("xqzt", "en") == ()

    def test_is_not_followed_where_it_took_a_word_apart(self, words: SystemKnownWords) -> None:
        assert words.suggestions("well-maid", "en") == ()
