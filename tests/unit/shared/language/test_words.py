import pytest

from contexts.shared.language import expand, plain, strip_accents, tokens, words


class TestStrippingAccents:
    @pytest.mark.parametrize(
        ("text", "language", "expected"),
        [
            ("está pingüino corazón", "es", "esta pinguino corazon"),
            ("año", "es-MX", "año"),
            ("an\u0303o", "es", "año"),
            ("AÑO", "es", "AÑO"),
            ("año", "en", "ano"),
            ("schön", "de", "schön"),
            ("й が", "ru", "й が"),
            ("ά", "el", "α"),
        ],
    )
    def test_keeps_the_letters_of_the_language(
        self, text: str, language: str, expected: str
    ) -> None:
        assert strip_accents(text, language) == expected


class TestPlainTexts:
    def test_have_typewriter_marks_and_single_spaces(self) -> None:
        assert plain(" “Sí”…\u00a0l’amie –  no ") == '"Sí"... l\'amie - no'


class TestTokens:
    def test_know_their_places_in_code_points(self) -> None:
        found = [(token.text, token.start, token.end) for token in tokens("👍 ¿Qué? e\u0301l")]

        assert found == [("👍", 0, 1), ("¿", 2, 3), ("Qué", 3, 6), ("?", 6, 7), ("él", 8, 10)]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("don't rock 'n' roll", ("don't", "rock", "n", "roll")),
            ("1,5 kg, 12:30.", ("1,5", "kg", "12:30")),
            ("well-known", ("well", "known")),
            ("日本語 한국어", ("日", "本", "語", "한국어")),
            ("हिन्दी", ("हिन्दी",)),
        ],
    )
    def test_split_words_as_their_script_does(self, text: str, expected: tuple[str, ...]) -> None:
        assert words(text) == expected

    def test_keep_a_joined_emoji_whole(self) -> None:
        assert [token.text for token in tokens("👩\u200d💻!")] == ["👩\u200d💻", "!"]


class TestContractions:
    @pytest.mark.parametrize(
        ("short", "full"),
        [
            ("i'm", "i am"),
            ("don't", "do not"),
            ("i'd like", "i would like"),
            ("you'd better", "you had better"),
            ("it's", "it is"),
            ("it's been", "it has been"),
            ("can't", "can not"),
            ("cannot", "can not"),
            ("won't", "will not"),
            ("let's", "let us"),
            ("anna's", "anna's"),
        ],
    )
    def test_are_written_out_in_english(self, short: str, full: str) -> None:
        assert " ".join(expand(short.split(), "en-GB")) == full

    def test_stay_in_other_languages(self) -> None:
        assert expand(["i'm"], "es") == ("i'm",)
