"""Members, their texts, and corrections of these texts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import factory
from django.db.models import Sum
from factory.django import DjangoModelFactory

from contexts.community import api
from contexts.community.models import (
    Block,
    Edit,
    Member,
    MemberLanguage,
    Notification,
    PointsEntry,
    Reply,
    Submission,
)
from contexts.community.rest.corrections import to_answer
from contexts.shared.kernel import new_id, now

TEXT = "I has a dog. He are big. I love him."


class MemberFactory(DjangoModelFactory):
    """A member who speaks Spanish and learns English. `native` and `studied` change both."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    class Params:
        native = ("es",)
        studied = ("en",)

    id = factory.LazyFunction(new_id)
    display_name = factory.Sequence(lambda n: f"Member {n}")
    native_languages = factory.LazyAttribute(lambda member: list(member.native))
    studied_languages = factory.LazyAttribute(lambda member: list(member.studied))

    @factory.post_generation
    def languages(self, create: bool, extracted: Any, **_: Any) -> None:
        relations = {"native": self.native_languages, "studied": self.studied_languages}
        MemberLanguage.objects.bulk_create(
            MemberLanguage(member=self, language=tag.split("-")[0], relation=relation)
            for relation, tags in relations.items()
            for tag in tags
        )


class NativeFactory(MemberFactory):
    """A member who speaks English natively and learns Spanish."""

    class Params:
        native = ("en-GB",)
        studied = ("es",)


class NotificationFactory(DjangoModelFactory):
    class Meta:
        model = Notification

    id = factory.LazyFunction(new_id)
    recipient_id = factory.LazyFunction(new_id)
    number = factory.Sequence(lambda n: n + 1)
    kind = "submission_corrected"
    cause = factory.Sequence(lambda n: f"correction:{n}")
    actor_id = factory.LazyFunction(lambda: MemberFactory().pk)
    created_at = factory.LazyFunction(now)


def opened_text(
    writer_id: UUID | None = None,
    *,
    at: datetime | None = None,
    text: str = TEXT,
    language: str = "en",
    submission_id: UUID | None = None,
) -> Submission:
    """Return a text that waits for corrections, by a new member unless `writer_id` names one."""
    submission_id = api.submit(
        submission_id=submission_id or new_id(),
        writer_id=writer_id or MemberFactory().pk,
        text=text,
        language=language,
        question="",
        now=at or now(),
    )
    return Submission.objects.get(pk=submission_id)


ANSWERS: tuple[dict[str, Any], ...] = (
    {"index": 0, "edits": [{"start": 2, "end": 5, "old": "has", "new": "have"}]},
    {"index": 1, "corrected": "He is big."},
    {"index": 2, "perfect": True},
)


def corrected(
    submission: Submission,
    corrector_id: UUID | None = None,
    *,
    answers: Any = ANSWERS,
    comment: str = "",
    at: datetime | None = None,
    correction_id: UUID | None = None,
) -> UUID:
    """Correct a text, as a new native speaker unless `corrector_id` names one.

    Return the id of the correction.
    """
    instant, member_id = at or now(), corrector_id or NativeFactory().pk
    api.take(submission_id=submission.pk, member_id=member_id, now=instant)
    return api.correct(
        correction_id=correction_id or new_id(),
        submission_id=submission.pk,
        corrector_id=member_id,
        answers=[to_answer(one) for one in answers],
        comment=comment,
        now=instant,
    )


def first_edit(correction_id: UUID) -> Edit:
    """Return the edit of a correction that stands first in its text."""
    return Edit.objects.filter(correction=correction_id).order_by("sentence", "start")[0]


def renamed_first_edit(correction_id: UUID, edit_id: UUID) -> None:
    """Give the first edit of a correction another id. Nothing may refer to it yet."""
    Edit.objects.filter(pk=first_edit(correction_id).pk).update(id=edit_id)


def replied(edit_id: UUID, author_id: UUID, *, times: int) -> None:
    """Store replies to an edit."""
    Reply.objects.bulk_create(
        Reply(id=new_id(), edit_id=edit_id, author_id=author_id, text="Why?", created_at=now())
        for _ in range(times)
    )


def points(member_id: UUID, *, times: int) -> None:
    """Store entries of one point each."""
    PointsEntry.objects.bulk_create(
        PointsEntry(
            member_id=member_id,
            points=1,
            reason="thanked",
            cause_id=new_id(),
            quantity=1,
            language="en",
            created_at=now(),
        )
        for _ in range(times)
    )


def apart(blocker_id: UUID, blocked_id: UUID) -> None:
    """Store the block of one person by another."""
    Block.objects.create(blocker_id=blocker_id, blocked_id=blocked_id)


def languages_of(member_id: UUID) -> set[tuple[str, str]]:
    """Return the languages by which texts find a member, with "native" or "studied"."""
    rows = MemberLanguage.objects.filter(member=member_id)
    return set(rows.values_list("language", "relation"))


def store_members(ids: Iterable[UUID]) -> None:
    """Store members without names and languages."""
    Member.objects.bulk_create(Member(id=one) for one in ids)


def lessons_counted() -> int:
    """Return the number of lessons that community has counted for all members."""
    return Member.objects.aggregate(n=Sum("lessons_completed"))["n"] or 0
