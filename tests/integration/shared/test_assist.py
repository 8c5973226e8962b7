"""What the language engines of this machine tell."""

import pytest

from contexts.shared.assist import hunspell
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.assist.languages import other_language
from contexts.shared.language import sentences, words
from tests import needs
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

    @pytest.mark.skipif(not SystemKnownWords().spells("en"), reason=needs.HUNSPELL)
    def test_come_with_the_real_one(self) -> None:
        here = SystemKnownWords()

        assert "receive" in here.suggestions("recieve", "en")
        assert here.suggestions("two words", "en") == ()
        here.close()


class TestAHunspellOnThePath:
    def test_is_asked_what_a_word_may_have_been_meant_to_be(
        self, spelling: SystemKnownWords
    ) -> None:
        assert hunspell.installed() == {"en_us": "en_US"}
        assert spelling.suggestions("recieve", "en-US") == ("receive", "relieve", "recitative")
        assert spelling.is_word("recieve", "en-US") is False

    def test_has_nothing_to_say_of_words_that_it_knows_or_cannot_guess(
        self, spelling: SystemKnownWords
    ) -> None:
        assert spelling.is_word("receive", "en") is True
        assert spelling.suggestions("receive", "en") == ()
        assert spelling.suggestions("xqzt", "en") == ()

    def test_is_not_followed_where_it_took_a_word_apart(self, spelling: SystemKnownWords) -> None:
        assert spelling.suggestions("well-maid", "en") == ()
