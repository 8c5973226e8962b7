"""Required accuracy and speed of grading and scheduling, on real data."""

import csv
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from busuu.workshop.evaluation import credit
from busuu.workshop.management.commands import evaluate
from contexts.courses.adapters.packs import read_pack
from contexts.courses.adapters.reviews import FsrsScheduler
from contexts.courses.domain.exercises import Dictation, Translate, parse
from contexts.courses.domain.grading.accepted import read
from contexts.courses.domain.grading.texts import Answers, grade_text
from contexts.courses.domain.grading.verdicts import Accents, GradingPolicy, Verdict
from contexts.courses.domain.reviews import MemoryState
from contexts.shared.assist import hunspell
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.language import strip_accents
from tests import needs

ROOT = Path(__file__).parents[3]
REVIEWS = ROOT / "../shared/data/py-fsrs-revlog/review_logs_josh.csv"
NEEDS_REVIEWS = (
    "needs a log of real reviews: save tests/review_logs_josh_*.csv of the repository"
    " open-spaced-repetition/py-fsrs as ../shared/data/py-fsrs-revlog/review_logs_josh.csv"
)
PACKS = sorted((ROOT / "contexts/courses/packs").glob("*/course.yaml"))
LENIENT = GradingPolicy(accents=Accents.LENIENT)
LETTERS = "abcdefghijlmnopqrstuvz"


def rows() -> list[dict[str, str]]:
    with REVIEWS.open() as file:
        return sorted(csv.DictReader(file), key=lambda row: row["review_time"])


def instant(row: dict[str, str]) -> datetime:
    return datetime.fromisoformat(row["review_time"]).astimezone(UTC)


def predictions(log: list[dict[str, str]]) -> Iterator[tuple[datetime, float, bool]]:
    """Yield (instant, predicted recall, recalled) of reviews at least a day after the last."""
    scheduler, states = FsrsScheduler(), dict[str, MemoryState]()
    for row in log:
        at, rating = instant(row), int(row["review_rating"])
        state = states.get(row["card_id"])
        if state is not None and (at - state.last_review).days >= 1:
            yield at, scheduler.retrievability(state, at=at), rating > 1
        states[row["card_id"]] = scheduler.review(state, rating=rating, at=at)


def log_loss(pairs: Sequence[tuple[float, bool]]) -> float:
    return -sum(math.log(p if hit else 1 - p) for p, hit in pairs) / len(pairs)


def calibration_error(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    groups = defaultdict(list)
    for p, hit in pairs:
        groups[min(int(p * bins), bins - 1)].append((p, hit))
    gaps = [abs(sum(p - hit for p, hit in group)) for group in groups.values()]
    return sum(gaps) / len(pairs)


@pytest.mark.shared_data
@pytest.mark.skipif(not REVIEWS.exists(), reason=NEEDS_REVIEWS)
class TestMemoryOnARealLog:
    def test_beats_a_constant_on_the_last_part_by_time(self) -> None:
        log = rows()
        found = list(predictions(log))
        # 70 % of all reviews of the log, those of the same day included.
        cut = instant(log[int(len(log) * 0.7)])
        known = [hit for at, _, hit in found if at < cut]
        tested = [(min(max(p, 1e-4), 1 - 1e-4), hit) for at, p, hit in found if at >= cut]
        mean = sum(known) / len(known)

        loss, error = log_loss(tested), calibration_error(tested)
        constant = log_loss([(mean, hit) for _, hit in tested])

        assert (len(log), len(tested)) == (12580, 2097)
        assert loss <= 0.435
        assert error <= 0.04
        assert loss < constant
        assert constant == pytest.approx(0.461, abs=0.001)


def written() -> list[tuple[Answers, str]]:
    """Yield accepted answers of the shipped written exercises, at most 4 of each."""
    exercises = [
        parse(content.body) for path in PACKS for content in read_pack(path.parent).exercises()
    ]
    return [
        (exercise.answers, text)
        for exercise in exercises
        if isinstance(exercise, Translate | Dictation)
        for text in exercise.answers.accepted.texts[:4]
    ]


def one_typo(text: str, chance: random.Random) -> str | None:
    spots = [w for w in text.split() if len(w) >= 5 and w.isalpha()]
    if not spots:
        return None
    word = chance.choice(spots)
    at = chance.randrange(1, len(word) - 1)
    kinds = (
        word[:at] + word[at + 1 :],
        word[:at] + chance.choice(LETTERS) + word[at:],
        word[:at] + chance.choice(LETTERS) + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    changed = chance.choice(kinds)
    return text.replace(word, changed, 1) if changed != word else None


SOURCES = [
    pytest.param(dict, id="word lists"),
    pytest.param(
        hunspell.installed,
        id="hunspell",
        marks=pytest.mark.skipif(not hunspell.installed(), reason=needs.HUNSPELL),
    ),
]


class TestGradingTheShippedCourses:
    def test_accepts_every_listed_answer(self) -> None:
        words = SystemKnownWords(dictionaries=dict)

        verdicts = {grade_text(t, a, words=words, policy=LENIENT).verdict for a, t in written()}

        assert verdicts == {Verdict.CORRECT}

    def test_accepts_dropped_accents_with_a_note(self) -> None:
        words = SystemKnownWords(dictionaries=dict)
        dropped = [
            grade_text(bare, answers, words=words, policy=LENIENT)
            for answers, text in written()
            if (bare := strip_accents(text, answers.accepted.language)) != text
        ]

        noted = sum("accent" in grade.notes and grade.verdict.accepted for grade in dropped)

        assert len(dropped) > 20
        assert noted / len(dropped) >= 0.98

    @pytest.mark.parametrize("source", SOURCES)
    def test_accepts_most_single_typos(self, source: type[dict[str, str]]) -> None:
        words, chance = SystemKnownWords(dictionaries=source), random.Random(1)
        sample = chance.sample(written(), 200)
        typed = [(a, slip) for a, text in sample if (slip := one_typo(text, chance))]

        accepted = sum(
            grade_text(slip, answers, words=words, policy=LENIENT).verdict.accepted
            for answers, slip in typed
        )

        words.close()
        assert len(typed) > 50
        assert accepted / len(typed) >= 0.70

    @pytest.mark.parametrize("source", SOURCES)
    def test_refuses_real_words_one_letter_away(self, source: type[dict[str, str]]) -> None:
        words, chance = SystemKnownWords(dictionaries=source), random.Random(2)
        lists = SystemKnownWords(dictionaries=dict)
        neighbors = [
            (answers, slip)
            for answers, text in written() * 6
            if (slip := one_typo(text, chance))
            # The lists are asked first, for they are quick.
            and _is_other_word(slip, text, answers, lists)
            and _is_other_word(slip, text, answers, words)
        ]

        accepted = sum(
            grade_text(slip, answers, words=words, policy=LENIENT).verdict.accepted
            for answers, slip in neighbors
        )

        words.close()
        assert len(neighbors) > 20
        assert accepted / len(neighbors) <= 0.01


def _is_other_word(slip: str, text: str, answers: Answers, words: SystemKnownWords) -> bool:
    language = answers.accepted.language
    given, meant = read(slip, language), read(text, language)
    changed = set(given.words) - set(meant.words)
    # Another listed answer, or an accent more or less, is no wrong neighbor.
    if answers.accepted.same_but_accents(given) or not changed:
        return False
    return all(words.is_word(word, language) is True for word in changed)


@pytest.mark.parametrize("pack", ["es-from-en", "en-from-es"])
class TestCreditByWord:
    def test_blames_the_words_that_were_not_known(self, pack: str) -> None:
        figures = credit.measure(evaluate.PACKS / pack, seed=1)

        missed = [figure for figure in figures if figure.demand and not figure.holds]
        assert not missed
        assert len([figure for figure in figures if figure.demand]) == 2

    def test_blames_too_many_with_one_rating_for_all(self, pack: str) -> None:
        by_rule = {
            figure.name: figure.value for figure in credit.measure(evaluate.PACKS / pack, seed=1)
        }

        assert float(by_rule["one for all: Again for known words"].rstrip("%")) > 50
