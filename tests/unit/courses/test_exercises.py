import json
from typing import Any

import pytest

from contexts.courses.domain import exercises
from contexts.courses.domain.exercises import MalformedAnswer, UnknownExercise, parse
from contexts.courses.domain.grading.verdicts import Grade, Verdict
from tests.unit.courses.answering import LENIENT, SPANISH

COMMON = {"id": "cafe.e.x", "uses": ["cafe.w.coffee"], "language": "es"}
WRONG = [{"answer": "una", "why": {"en": "masculine"}}]
CARD = {"id": "cafe.w.coffee", "text": "el café", "translation": "coffee", "pos": "noun"}

BODIES: dict[str, dict[str, Any]] = {
    "flashcard": {"word": "cafe.w.coffee", "card": CARD},
    "choice": {
        "prompt": {"en": "a"},
        "options": ["un", "una", "uno"],
        "answer": "un",
        "wrong": WRONG,
    },
    "true_false": {"statement": {"en": "Café is feminine."}, "answer": "false"},
    "gap_choose": {
        "text": "Quiero ___ café y ___ té.",
        "gaps": [
            {"options": ["un", "una"], "answer": "un"},
            {"options": ["un", "una"], "answer": "un"},
        ],
        "wrong": WRONG,
    },
    "gap_type": {
        "text": "___ un ___.",
        "gaps": [{"answers": ["{Quiero|Quisiera}"]}, {"answers": ["café"]}],
        "wrong": [{"answer": "Quiere", "why": {"en": "first person"}}],
    },
    "order": {
        "answers": ["Un café, por favor", "Por favor, un café"],
        "extra": ["té"],
        "wrong": [{"answer": "Un por favor café", "why": {"en": "order"}}],
    },
    "match": {
        "pairs": [
            {"left": "el té", "right": "tea"},
            {"left": "el café", "right": "coffee"},
            {"left": "el pan", "right": "bread"},
        ]
    },
    "translate": {"prompt": {"en": "I want a coffee."}, "answers": ["Quiero un café"]},
    "dictation": {"answers": ["Quiero un café"], "audio": "media/want.ogg"},
    "correct": {"sentence": "Yo [quiere] café", "corrected": "Yo [quiero] café"},
}
RIGHT: dict[str, dict[str, Any]] = {
    "flashcard": {"recalled": True},
    "choice": {"choice": "un"},
    "true_false": {"value": False},
    "gap_choose": {"gaps": ["un", "un"]},
    "gap_type": {"gaps": ["quisiera", "café"]},
    "order": {"words": ["un", "café", "por", "favor"]},
    "match": {"pairs": [["el pan", "bread"], ["el té", "tea"], ["el café", "coffee"]]},
    "translate": {"text": "Quiero un café"},
    "dictation": {"text": "quiero un café."},
    "correct": {"text": "Yo [quiero] café"},
}
# What no machine grades has tests of its own.
UNGRADED = {"write"}
UNDER_TEST = {name: parse({**COMMON, "type": name, **body}) for name, body in BODIES.items()}


def grade(name: str, answer: Any) -> Grade:
    return UNDER_TEST[name].grade(answer, words=SPANISH, policy=LENIENT)


class TestEveryType:
    def test_is_covered_here(self) -> None:
        assert set(BODIES) | UNGRADED == set(exercises.TYPES)
        assert set(BODIES) == set(RIGHT)

    @pytest.mark.parametrize("name", BODIES)
    def test_accepts_its_right_answer(self, name: str) -> None:
        found = grade(name, RIGHT[name])

        assert (found.verdict, found.score, found.rating) == (Verdict.CORRECT, 1.0, 3)

    @pytest.mark.parametrize("name", BODIES)
    def test_presents_the_same_for_a_seed(self, name: str) -> None:
        shown = UNDER_TEST[name].present("seed")

        assert shown == UNDER_TEST[name].present("seed")
        assert json.loads(json.dumps(shown)) == shown
        assert (shown["key"], shown["type"]) == ("cafe.e.x", name)

    @pytest.mark.parametrize("name", sorted(set(BODIES) - {"flashcard"}))
    def test_presents_no_answer(self, name: str) -> None:
        text = json.dumps(UNDER_TEST[name].present("seed"), ensure_ascii=False)

        assert not any(f'"{key}"' in text for key in ("answer", "answers", "wrong", "pairs"))
        if name not in ("choice", "true_false"):
            assert UNDER_TEST[name].correct_answer() not in text

    @pytest.mark.parametrize("name", BODIES)
    @pytest.mark.parametrize(
        "answer",
        [
            {},
            None,
            [],
            "x",
            {"other": 1},
            *(
                {key: value}
                for key in ("recalled", "choice", "value", "gaps", "words", "pairs", "text")
                for value in (
                    None,
                    1,
                    "x" * 1001,
                    "a\0b",
                    "\ud800",
                    [1],
                    [["a"]],
                    [["a", "b", "c"]],
                    ["x"] * 500,
                    [["el té", "tea"], ["el té", "coffee"]],
                    {"a": "b"},
                )
            ),
        ],
        ids=str,
    )
    def test_refuses_a_malformed_answer(self, name: str, answer: Any) -> None:
        with pytest.raises(MalformedAnswer) as caught:
            grade(name, answer)

        assert caught.value.code == "malformed_answer"
        assert caught.value.params == {"expected": UNDER_TEST[name].shape}

    @pytest.mark.parametrize("name", BODIES)
    def test_refuses_an_answer_with_more_than_its_key(self, name: str) -> None:
        with pytest.raises(MalformedAnswer):
            grade(name, RIGHT[name] | {"more": 1})

    def test_shows_the_hint(self) -> None:
        body = {**COMMON, "type": "translate", **BODIES["translate"], "hint": {"en": "Quiero…"}}

        assert parse(body).present("s")["hint"] == {"en": "Quiero…"}

    def test_must_be_known(self) -> None:
        with pytest.raises(UnknownExercise):
            parse({**COMMON, "type": "dance"})


class TestChoosing:
    def test_shows_the_options_in_orders_that_differ_by_seed(self) -> None:
        orders = {tuple(UNDER_TEST["choice"].present(str(n))["options"]) for n in range(40)}

        assert len(orders) == 6
        assert {frozenset(order) for order in orders} == {frozenset({"un", "una", "uno"})}

    def test_explains_a_wrong_option(self) -> None:
        found = grade("choice", {"choice": "una"})

        assert (found.verdict, found.rating, found.expected) == (Verdict.WRONG, 1, "un")
        assert found.why == {"en": "masculine"}

    def test_refuses_what_was_not_offered(self) -> None:
        with pytest.raises(MalformedAnswer):
            grade("choice", {"choice": "el"})

    def test_scores_gaps_by_their_share(self) -> None:
        found = grade("gap_choose", {"gaps": ["un", "una"]})

        assert (found.verdict, found.score) == (Verdict.WRONG, 0.5)
        assert (found.given, found.expected) == (
            "Quiero un café y una té.",
            "Quiero un café y un té.",
        )
        assert found.why == {"en": "masculine"}


class TestTypingIntoGaps:
    def test_is_as_good_as_the_worst_gap(self) -> None:
        found = grade("gap_type", {"gaps": ["Quiero", "perro"]})

        assert (found.verdict, found.score) == (Verdict.WRONG, 0.5)
        assert [(e.old, e.new, e.start) for e in found.edits] == [("perro", "café", 10)]

    def test_notes_a_dropped_accent(self) -> None:
        found = grade("gap_type", {"gaps": ["Quiero", "cafe"]})

        assert (found.verdict, found.notes) == (Verdict.CORRECT_WITH_NOTE, ("accent",))

    def test_explains_a_mistake_in_the_first_gap(self) -> None:
        assert grade("gap_type", {"gaps": ["quiere", "café"]}).why == {"en": "first person"}


class TestOrdering:
    def test_offers_the_words_and_the_extra_ones(self) -> None:
        shown = UNDER_TEST["order"].present("seed")["words"]

        assert sorted(shown) == ["Un", "café", "favor", "por", "té"]

    def test_never_offers_the_words_in_order(self) -> None:
        body = {**COMMON, "type": "order", "answers": ["Buenos días"]}

        shown = {tuple(parse(body).present(str(n))["words"]) for n in range(30)}

        assert shown == {("días", "Buenos")}

    def test_accepts_every_listed_order_whatever_the_case(self) -> None:
        found = grade("order", {"words": ["por", "favor", "Un", "café"]})

        assert (found.verdict, found.expected) == (Verdict.CORRECT, "Por favor, un café")

    def test_calls_the_right_words_in_another_order_nearly_right(self) -> None:
        found = grade("order", {"words": ["Un", "por", "favor", "café"]})

        assert (found.verdict, found.notes) == (Verdict.NEARLY, ("word_order",))
        assert found.why == {"en": "order"}

    def test_calls_missing_words_wrong(self) -> None:
        assert grade("order", {"words": ["Un", "té"]}).verdict is Verdict.WRONG

    def test_refuses_words_that_were_not_offered(self) -> None:
        with pytest.raises(MalformedAnswer):
            grade("order", {"words": ["Un", "Un"]})


class TestMatching:
    def test_scores_the_share_of_right_pairs(self) -> None:
        pairs = [["el té", "tea"], ["el café", "bread"], ["el pan", "coffee"]]

        found = grade("match", {"pairs": pairs})

        assert (found.verdict, found.rating) == (Verdict.WRONG, 1)
        assert found.score == pytest.approx(1 / 3)

    def test_takes_a_part_for_a_part(self) -> None:
        assert grade("match", {"pairs": []}).score == 0


class TestFlashcards:
    def test_take_the_learners_word_for_it(self) -> None:
        found = grade("flashcard", {"recalled": False})

        assert (found.verdict, found.expected, found.rating) == (Verdict.WRONG, "el café", 1)


class TestAWriting:
    WRITE = parse({**COMMON, "type": "write", "uses": [], "prompt": {"en": "Who are you?"}})

    def test_is_submitted_not_graded(self) -> None:
        found = self.WRITE.grade({"text": "Soy Ana."}, words=SPANISH, policy=LENIENT)

        assert (found.verdict, found.given, found.edits) == (Verdict.SUBMITTED, "", ())
        assert found.verdict.accepted

    def test_shows_its_task(self) -> None:
        assert self.WRITE.present("s") == {
            "key": "cafe.e.x",
            "type": "write",
            "prompt": {"en": "Who are you?"},
            "to": "es",
        }

    @pytest.mark.parametrize(
        "answer", [{}, {"text": ""}, {"text": " \n"}, {"text": "x" * 5001}, {"text": "a\0"}, None]
    )
    def test_refuses_what_is_no_text(self, answer: Any) -> None:
        with pytest.raises(MalformedAnswer):
            self.WRITE.grade(answer, words=SPANISH, policy=LENIENT)


class TestACorrection:
    def test_takes_a_persons_brackets_as_they_are(self) -> None:
        found = grade("correct", {"text": "Yo quiero café"})

        assert (found.verdict, found.expected) == (Verdict.CORRECT_WITH_NOTE, "Yo [quiero] café")

    def test_is_wrong_as_it_was_first_written(self) -> None:
        found = grade("correct", {"text": "Yo [quiere] café"})

        assert not found.verdict.accepted
        assert found.expected == "Yo [quiero] café"
