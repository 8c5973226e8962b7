"""Any text is graded or refused, in every shipped exercise."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from busuu.workshop.journey import answers
from contexts.courses.adapters.packs import read_pack
from contexts.courses.domain.exercises import Exercise, parse
from contexts.courses.domain.grading.verdicts import Accents, GradingPolicy, Verdict
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.kernel import Invalid

PACKS = sorted((Path(__file__).parents[3] / "contexts/courses/packs").glob("*/course.yaml"))
POLICIES = [GradingPolicy(accents=accents) for accents in Accents]
ODD = [
    *("", " ", "\t\n", "'", "’", "'s", "'d better", "n't", ".", "…", "¿?", "¡!", "-", "--", "_"),
    *("\u200b", "\u0301", "e\u0301", "\ufeff", "🦉", "\u202eabc", "1", "0.5", "@", "#", "&amp;"),
    *("i", "I", "can't", "cannot", "it's been", "l'", "ß", "İ", "ﬁ", "a" * 2_000, "a " * 500),
]
BODIES: list[Mapping[str, Any]] = [
    exercise.body for pack in PACKS for exercise in read_pack(pack.parent).exercises()
]
EXERCISES = [(body, parse(body)) for body in BODIES]
TYPED = {"gap_type", "translate", "dictation", "write", "correct"}
WORDS = SystemKnownWords(dictionaries=dict)


def _answers(body: Mapping[str, Any], text: str) -> Iterator[dict[str, Any]]:
    """Yield answers with this text in every place, in this and other exercises' shapes."""
    shaped = answers.right(body)
    yield {name: _with(value, text) for name, value in shaped.items()}
    yield {"text": text}
    yield {"gaps": [text]}
    yield {"words": [text]}
    yield {"pairs": [[text, text]]}


def _with(value: Any, text: str) -> Any:
    if isinstance(value, list):
        return [_with(one, text) for one in value]
    return text if isinstance(value, str) else value


def _graded(exercise: Exercise, answer: dict[str, Any], policy: GradingPolicy) -> Any:
    try:
        return exercise.grade(answer, words=WORDS, policy=policy).verdict
    except Invalid as refused:
        return refused


class TestEveryExercise:
    def test_is_there_in_every_kind_that_is_typed(self) -> None:
        assert {body["type"] for body in BODIES} >= {"gap_type", "translate", "dictation", "write"}

    @pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:12]))
    def test_takes_odd_texts_or_refuses_them(self, text: str) -> None:
        outcomes = {
            type(_graded(exercise, answer, POLICIES[0]))
            for body, exercise in EXERCISES
            for answer in _answers(body, text)
        }

        assert all(issubclass(kind, Verdict | Invalid) for kind in outcomes)

    @given(st.text(max_size=40), st.data())
    def test_takes_any_text_or_refuses_it(self, text: str, data: st.DataObject) -> None:
        typed = [one for one in EXERCISES if one[0]["type"] in TYPED]
        body, exercise = data.draw(st.sampled_from(typed))
        policy = data.draw(st.sampled_from(POLICIES))

        outcomes = [_graded(exercise, answer, policy) for answer in _answers(body, text)]

        assert all(isinstance(one, Verdict | Invalid) for one in outcomes)

    @pytest.mark.parametrize("text", ["", " ", "'", "¿?", "…"])
    def test_takes_nothing_for_right(self, text: str) -> None:
        written = [one for body, one in EXERCISES if body["type"] in {"translate", "dictation"}]

        verdicts = {_graded(exercise, {"text": text}, POLICIES[0]) for exercise in written}

        assert verdicts == {Verdict.WRONG}
