"""Points and reputation, with the numbers behind them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from contexts.community.domain.reputation import PRIOR_MEAN, PRIOR_WEIGHT, PointsReason, reputation
from contexts.community.models import PointsEntry, Standing
from contexts.shared.kernel.shapes import from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsLine:
    """Points for `quantity` of what `reason` names."""

    id: UUID
    points: int
    reason: PointsReason
    quantity: int
    cause: Annotated[UUID, "The correction or the edit."]
    language: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageReputation:
    """The Bayesian mean of writers' decisions about the caller's edits in a language."""

    language: str
    score: Annotated[
        float,
        "(prior_weight x prior_mean + accepted) / (prior_weight + accepted + disputed)",
    ]
    accepted: int
    disputed: int
    prior_mean: float
    prior_weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reputation:
    points: int
    languages: list[LanguageReputation]


def points_of(member_id: UUID) -> QuerySet[PointsEntry]:
    return PointsEntry.objects.filter(member_id=member_id)


def points_line(row: Any) -> PointsLine:
    return from_row(PointsLine, row, cause=row.cause_id)


def reputation_of(member_id: UUID) -> Reputation:
    """Return a member's points in all and their reputation by language."""
    total = points_of(member_id).aggregate(total=Sum("points"))["total"]
    rows = Standing.objects.filter(member_id=member_id).order_by("language")
    return Reputation(points=total or 0, languages=[_language(row) for row in rows])


def _language(row: Standing) -> LanguageReputation:
    score = round(reputation(accepted=row.accepted, disputed=row.disputed), 4)
    prior = {"prior_mean": PRIOR_MEAN, "prior_weight": PRIOR_WEIGHT}
    return from_row(LanguageReputation, row, score=score, **prior)
