"""What is a slip of the finger, and what is a mistake that looks like one."""

from pathlib import Path

import pytest

from contexts.courses.adapters.packs import read_pack
from contexts.courses.domain.exercises import parse
from contexts.courses.domain.grading.verdicts import GradingPolicy, Verdict
from contexts.shared.assist.known_words import SystemKnownWords
from tests.unit.courses.answering import graded

ROOT = Path(__file__).resolve().parents[3]
PACKS = sorted((ROOT / "contexts/courses/packs").glob("*/course.yaml"))
WORDS = SystemKnownWords(dictionaries=dict)


def verdict(typed: str, wanted: str, language: str) -> str:
    return graded(typed, wanted, language=language, words=WORDS).verdict  # type: ignore[arg-type]


class TestAFormByRule:
    @pytest.mark.parametrize(
        ("typed", "wanted", "language"),
        [
            ("quero un té", "quiero un té", "es"),
            ("prefero té", "prefiero té", "es"),
            ("él tene dos", "él tiene dos", "es"),
            ("yo sabo mucho", "yo sé mucho", "es"),
            ("she watchs films", "she watches films", "en"),
            ("some informations", "some information", "en"),
            ("he studys law", "he studies law", "en"),
            ("she goed home", "she goes home", "en"),
        ],
    )
    def test_is_a_mistake(self, typed: str, wanted: str, language: str) -> None:
        assert verdict(typed, wanted, language) in {Verdict.NEARLY, Verdict.WRONG}


class TestAUnit:
    def test_refuses_the_mistakes_that_one_of_its_exercises_lists(self) -> None:
        document = {
            "id": "cafe.e.one",
            "type": "translate",
            "language": "es",
            "uses": ["cafe.w.bill"],
            "prompt": {"en": "the bill"},
            "answers": ["la cuenta"],
        }
        plain, taught = parse(document), parse({**document, "refused": ["cuente", "cuennta"]})

        verdicts = [
            one.grade({"text": "la cuennta"}, words=WORDS, policy=GradingPolicy()).verdict
            for one in (plain, taught)
        ]

        assert verdicts == [Verdict.CORRECT_WITH_NOTE, Verdict.WRONG]

    def test_finds_them_among_all_its_exercises(self) -> None:
        [course] = [read_pack(pack.parent) for pack in PACKS if pack.parent.name == "es-from-en"]
        bodies = [
            content.body
            for unit in course.units
            if unit.id == "cafe"
            for lesson in unit.lessons
            for content in lesson.exercises
        ]

        listing = {body["id"] for body in bodies if "quero" in body.get("refused", ())}

        assert {"cafe.e.to-tea-no-sugar"} <= listing


class TestASlip:
    @pytest.mark.parametrize(
        ("typed", "wanted", "language"),
        [
            ("quieor un té", "quiero un té", "es"),
            ("quiwro un té", "quiero un té", "es"),
            ("la bibliotca", "la biblioteca", "es"),
            ("a restuarant", "a restaurant", "en"),
            ("she wathces films", "she watches films", "en"),
        ],
    )
    def test_is_forgiven(self, typed: str, wanted: str, language: str) -> None:
        found = graded(typed, wanted, language=language, words=WORDS)  # type: ignore[arg-type]

        assert (found.verdict, found.notes) == (Verdict.CORRECT_WITH_NOTE, ("typo",))


class TestAnAccent:
    @pytest.mark.parametrize(
        ("typed", "wanted", "language"),
        [
            ("ayer hablo con ella", "ayer habló con ella", "es"),
            ("yo habló mucho", "yo hablo mucho", "es"),
            ("meu avô", "meu avó", "pt"),
        ],
    )
    def test_that_makes_another_word_is_a_mistake(
        self, typed: str, wanted: str, language: str
    ) -> None:
        found = graded(typed, wanted, language=language, words=WORDS)  # type: ignore[arg-type]

        assert (found.verdict, found.notes) == (Verdict.NEARLY, ("accent",))

    @pytest.mark.parametrize(
        ("typed", "wanted", "language"),
        [
            ("esta en casa", "está en casa", "es"),
            ("el menu", "el menú", "es"),
            ("como estas", "cómo estás", "es"),
            ("el cafè", "el café", "es"),
            ("un cafe", "un café", "fr"),
        ],
    )
    def test_that_is_dropped_is_noted(self, typed: str, wanted: str, language: str) -> None:
        found = graded(typed, wanted, language=language, words=WORDS)  # type: ignore[arg-type]

        assert (found.verdict, found.notes) == (Verdict.CORRECT_WITH_NOTE, ("accent",))
