"""Spellings that a language treats as equal, and characters that nobody sees."""

import pytest

from contexts.shared.language import bare, fold, lower, plain, visible

EQUAL = [
    ("ru", "Моя тётя", "Моя тетя"),
    ("ru", "за́мок", "замок"),
    ("uk", "хоро́ший", "хороший"),
    ("ar", "كِتَاب", "كتاب"),
    ("ar", "كتـــاب", "كتاب"),
    ("ar", "١٠ كتب", "10 كتب"),
    ("fa", "كتاب علي", "کتاب علی"),
    ("he", "שָׁלוֹם", "שלום"),
    ("hi", "हूँ", "हूं"),
    ("hi", "१०", "10"),
    ("ro", "şi ţara", "și țara"),
    ("nl", "ĳs", "ijs"),
    ("vi", "hoà", "hòa"),
    ("ca", "coŀlegi", "col·legi"),
]
ALLOWED = [
    ("fr", "ma sœur", "ma soeur"),
    ("fr", "et cætera", "et caetera"),
    ("de", "mädchen", "maedchen"),
    ("de", "straße", "strasse"),
    ("da", "rødgrød på", "roedgroed paa"),
    ("sv", "smörgås", "smoergaas"),
]
DIFFERENT = [
    ("es", "año", "ano"),
    ("de", "schön", "schon"),
    ("ja", "はし", "ばし"),
    ("ru", "мой", "мои"),
    ("fr", "œuf", "euf"),
    ("en", "tetya", "tëtyo"),
]


class TestFolding:
    @pytest.mark.parametrize(("language", "one", "other"), EQUAL)
    def test_makes_equal_spellings_one(self, language: str, one: str, other: str) -> None:
        assert fold(one, language) == fold(other, language)
        assert fold(fold(one, language), language) == fold(one, language)

    @pytest.mark.parametrize(("language", "one", "other"), ALLOWED)
    def test_keeps_apart_what_deserves_a_note(self, language: str, one: str, other: str) -> None:
        assert fold(one, language) != fold(other, language)
        assert bare(one, language) == bare(other, language)

    @pytest.mark.parametrize(("language", "one", "other"), DIFFERENT)
    def test_keeps_other_words_apart(self, language: str, one: str, other: str) -> None:
        assert bare(one, language) != bare(other, language)

    def test_does_not_touch_other_languages(self) -> None:
        assert fold("ё", "bg") == "ё"
        assert fold("كِ", "en") == "كِ"


class TestLowerCase:
    @pytest.mark.parametrize(
        ("text", "language", "expected"),
        [("ISPARTA", "tr", "ısparta"), ("İZMİR", "tr", "izmir"), ("ISLAND", "en", "island")],
    )
    def test_is_the_languages_own(self, text: str, language: str, expected: str) -> None:
        assert lower(text, language) == expected


class TestWidth:
    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("１０時です", "10時です"),
            ("ＡＢＣ？", "ABC?"),
            ("ｶﾞｷﾞ", "ガギ"),
            ("はい　そうです", "はい そうです"),
            ("ﬁnd", "find"),
            ("ﻻ", "لا"),
        ],
    )
    def test_is_one(self, typed: str, expected: str) -> None:
        assert plain(typed) == expected


class TestInvisibleCharacters:
    @pytest.mark.parametrize(
        "code",
        [
            *(0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202E, 0x2060),
            *(0x2069, 0x3164, 0xFE0F, 0xFEFF, 0xE0041),
        ],
        ids=hex,
    )
    def test_are_dropped_from_words(self, code: int) -> None:
        char = chr(code)

        assert visible(f"{char}ca{char}fé{char}") == "café"

    @pytest.mark.parametrize("text", ["👩‍💻", "می‌خواهم", "क्‍ष", "❤️", "👍🏽"])
    def test_stay_where_they_mean_something(self, text: str) -> None:
        assert visible(text) == text
