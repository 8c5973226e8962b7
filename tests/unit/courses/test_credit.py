"""Which words an answer recalled, by the exercise's type."""

from typing import Any

import pytest

from contexts.courses.domain.exercises import parse
from contexts.courses.domain.grading.verdicts import GradingPolicy
from contexts.shared.assist.known_words import SystemKnownWords

AGAIN, GOOD = 1, 3
WORDS = SystemKnownWords(dictionaries=dict)
TEXTS = {
    "want": ["querer", "to want"],
    "coffee": ["el café", "coffee"],
    "sugar": ["el azúcar", "sugar"],
    "please": ["por favor", "please"],
    "get-up": ["levantarse", "to get up"],
    "be": ["be (am, is, are)", "ser, estar"],
    "a": ["a, an", "un, una"],
    "teacher": ["teacher", "profesor, profesora"],
}


def ratings(given: dict[str, Any], type_: str, /, *uses: str, **body: Any) -> dict[str, int]:
    """Return the ratings of an answer to an exercise about some words."""
    document = {
        "id": "cafe.e.one",
        "type": type_,
        "language": body.pop("language", "es"),
        "uses": list(uses),
        "texts": {word: TEXTS[word] for word in uses},
        **body,
    }
    exercise = parse(document)
    grade = exercise.grade(given, words=WORDS, policy=GradingPolicy())
    return exercise.ratings(given, grade, words=WORDS)


def translated(text: str, *uses: str, answers: str, language: str = "es") -> dict[str, int]:
    return ratings(
        {"text": text},
        "translate",
        *uses,
        prompt={"en": "…"},
        answers=[answers],
        language=language,
    )


def failed(found: dict[str, int]) -> set[str]:
    assert set(found.values()) <= {AGAIN, GOOD}
    return {word for word, rating in found.items() if rating == AGAIN}


class TestATranslation:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Quiero un café sin azúcar, por favor", set()),
            ("Quiero un café sin leche, por favor", {"sugar"}),
            ("Quiero un café sin, por favor", {"sugar"}),
            ("Tomo un té sin azúcar, por favor", {"want", "coffee"}),
            ("un café sin azúcar", {"want", "please"}),
            ("Quiero una café sin azúcar, por favor", set()),
            ("Por favor, sin azúcar un café quiero", set()),
            ("Quiero un café sin azucra, por favor", set()),
            ("Quiero un cafe sin azucar por favor y", set()),
            ("Quierò un café sin azúcar, por favor", set()),
            ("xxxx", {"want", "coffee", "sugar", "please"}),
            ("", {"want", "coffee", "sugar", "please"}),
        ],
    )
    def test_blames_the_words_that_it_lacks(self, text: str, expected: set[str]) -> None:
        found = translated(
            text,
            "want",
            "coffee",
            "sugar",
            "please",
            answers="Quiero un café sin azúcar, por favor",
        )

        assert failed(found) == expected
        assert set(found) == {"want", "coffee", "sugar", "please"}

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Me levanto", set()),
            ("Me acuesto", {"get-up"}),
        ],
    )
    def test_knows_forms_of_a_reflexive_verb(self, text: str, expected: set[str]) -> None:
        assert failed(translated(text, "get-up", answers="Me levanto")) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("She is a teacher", set()),
            ("She a teacher", {"be"}),
            ("She is teacher", {"a"}),
            ("She is a doctor", {"teacher"}),
            ("She's a teachr", set()),
        ],
    )
    def test_knows_forms_that_a_word_lists(self, text: str, expected: set[str]) -> None:
        found = translated(text, "be", "a", "teacher", answers="She is a teacher", language="en")

        assert failed(found) == expected


class TestAWordThatNeedNotStand:
    def test_is_rated_only_if_the_answer_is_right(self) -> None:
        uses = ("be", "teacher", "coffee")

        wrong = translated("Soy bombero", *uses, answers="Soy profesor")
        right = translated("Soy profesor", *uses, answers="Soy profesor")

        assert wrong["be"] == GOOD
        assert wrong["teacher"] == AGAIN
        assert "coffee" not in wrong
        assert right == dict.fromkeys(uses, GOOD)


class TestAnOrder:
    def test_blames_no_word_for_its_place(self) -> None:
        found = ratings(
            {"words": ["café", "un", "Quiero"]},
            "order",
            "want",
            "coffee",
            answers=["Quiero un café"],
        )

        assert failed(found) == set()


class TestAMatch:
    def test_is_rated_by_pair(self) -> None:
        pairs = [["el café", "coffee"], ["el azúcar", "sugar"], ["por favor", "please"]]
        found = ratings(
            {"pairs": [["el café", "coffee"], ["el azúcar", "please"], ["por favor", "sugar"]]},
            "match",
            "coffee",
            "sugar",
            "please",
            pairs=[{"left": left, "right": right} for left, right in pairs],
        )

        assert failed(found) == {"sugar", "please"}


class TestAGap:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [("azúcar", set()), ("leche", {"sugar"}), ("azuuu", {"sugar"})],
    )
    def test_blames_the_word_in_it(self, given: str, expected: set[str]) -> None:
        found = ratings(
            {"gaps": [given]},
            "gap_type",
            "coffee",
            "sugar",
            text="Un café sin ___.",
            gaps=[{"answers": ["azúcar"]}],
        )

        assert failed(found) == expected

    @pytest.mark.parametrize("given", ["azúcar", "leche", ""])
    def test_tells_nothing_of_the_words_around_it(self, given: str) -> None:
        found = ratings(
            {"gaps": [given]},
            "gap_type",
            "coffee",
            "sugar",
            text="Un café sin ___.",
            gaps=[{"answers": ["azúcar"]}],
        )

        assert list(found) == ["sugar"]

    def test_with_an_article_blames_the_noun_beside_it(self) -> None:
        found = ratings(
            {"gaps": ["una"]},
            "gap_choose",
            "want",
            "coffee",
            text="Quiero ___ café.",
            gaps=[{"options": ["un", "una"], "answer": "un"}],
        )

        assert failed(found) == {"coffee"}


class TestAChoice:
    def test_blames_no_word_of_its_prompt(self) -> None:
        found = ratings(
            {"choice": "el azúcar"},
            "choice",
            "want",
            "coffee",
            prompt={"es": "¿Qué quieres?"},
            options=["el café", "el azúcar"],
            answer="el café",
        )

        assert failed(found) == {"coffee"}


class TestAStatement:
    def test_tells_nothing_of_several_words(self) -> None:
        statement = {"statement": {"es": "Quiero café"}, "answer": "true"}

        assert ratings({"value": False}, "true_false", "want", "coffee", **statement) == {}
        assert ratings({"value": False}, "true_false", "want", **statement) == {"want": AGAIN}
