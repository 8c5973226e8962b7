"""The review queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial, reduce
from operator import or_
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import django_filters
from django.db.models import F, Q, QuerySet

from contexts.courses.models import Memory, Word
from contexts.shared.database.statements.prepared import FirstPage, Prepared, id_param, text_param
from contexts.shared.http.filters import InstantFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """A word or a correction in the review queue.

    Of a correction, `text` is the corrected sentence and `translation` the original. Its `item`
    is the key of the exercise that reviews it.
    """

    enrollment: UUID
    item: str
    kind: Literal["word", "correction"]
    text: str
    translation: str
    state: Literal["learning", "review", "relearning"]
    stability: Annotated[float, "Days until recall falls to 90 %."]
    difficulty: Annotated[float, "1 to 10."]
    last_review_at: datetime
    due_at: datetime


class ReviewFilter(django_filters.FilterSet):
    enrollment = django_filters.UUIDFilter(field_name="enrollment_id")
    due_before = InstantFilter(field_name="due_at", lookup_expr="lte")

    class Meta:
        model = Memory
        fields = ["enrollment", "due_before"]


class DueRow(NamedTuple):
    id: int
    enrollment_id: UUID
    version_id: UUID
    word_key: str
    corrected: str | None
    sentence: str | None
    state: Literal["learning", "review", "relearning"]
    stability: float
    difficulty: float
    last_review_at: datetime
    due_at: datetime


def review_queue(learner_id: Any) -> QuerySet[Any]:
    """Return all of a learner's items, the first due first."""
    return Memory.objects.filter(learner_id=learner_id).annotate(
        version_id=F("enrollment__version"),
        corrected=F("card__corrected"),
        sentence=F("card__sentence"),
    )


def _first_due(limit: int) -> QuerySet[Any, Any]:
    queue = review_queue(id_param("learner")).order_by("due_at", "id")
    return queue.values_list(*DueRow._fields)[:limit]


_FIRST_DUE = Prepared("courses", DueRow, _first_due)


def first_reviews(learner_id: UUID) -> FirstPage[DueRow]:
    """Return the head of the learner's queue."""
    return FirstPage(partial(_FIRST_DUE.rows, learner=learner_id))


def due_items(page: Iterable[Any], *, texts: bool = True) -> list[DueItem]:
    """Return a page's items. `texts` costs one more statement."""
    memories = list(page)
    taught = {(row.version_id, row.word_key) for row in memories if row.corrected is None}
    words = _words(taught) if texts else {}
    return [_due_item(row, words.get((row.version_id, row.word_key))) for row in memories]


class WordRow(NamedTuple):
    version_id: UUID
    key: str
    text: str
    translation: str


def _named_words(versions: int, keys: int) -> QuerySet[Any, Any]:
    # A list of foreign keys would be taken for values before they are given.
    taught = reduce(or_, (Q(version=id_param(f"version{n}")) for n in range(versions)))
    named = Word.objects.filter(taught, key__in=[text_param(f"key{n}") for n in range(keys)])
    return named.values_list(*WordRow._fields)


_WORDS = Prepared("courses", WordRow, _named_words)


def _words(wanted: set[tuple[UUID, str]]) -> dict[tuple[UUID, str], tuple[str, str]]:
    if not wanted:
        return {}
    versions, keys = {version for version, _ in wanted}, {key for _, key in wanted}
    values: dict[str, Any] = {f"version{n}": version for n, version in enumerate(versions)}
    values |= {f"key{n}": key for n, key in enumerate(keys)}
    found = _WORDS.rows(len(versions), len(keys), **values)
    return {(row.version_id, row.key): (row.text, row.translation) for row in found}


def _due_item(row: Any, word: tuple[str, str] | None) -> DueItem:
    # A word that the learner's version no longer teaches keeps its memory, without a text.
    text, translation = word or (row.corrected or "", row.sentence or "")
    return DueItem(
        enrollment=row.enrollment_id,
        item=row.word_key,
        kind="word" if row.corrected is None else "correction",
        text=text,
        translation=translation,
        state=row.state,
        stability=row.stability,
        difficulty=row.difficulty,
        last_review_at=row.last_review_at,
        due_at=row.due_at,
    )
