"""Rows behind submissions and corrections. Only the repositories write them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from contexts.community.models.members import Block
from contexts.shared.kernel import new_id


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def offered_to(
        self, member_id: UUID, *, natives: Sequence[str], now: datetime
    ) -> "SubmissionQuerySet":
        """Texts of any round that a member may correct and nobody holds.

        `natives` are the primary subtags of the member's native languages: asked before, so that
        for the one language of most members an index gives the texts in their order.
        """
        apart = Block.objects.filter(
            Q(blocker_id=member_id, blocked_id=OuterRef("writer_id"))
            | Q(blocked_id=member_id, blocker_id=OuterRef("writer_id"))
        )
        done = Correction.objects.filter(submission=OuterRef("pk"), corrector_id=member_id)
        mine = Lease.objects.filter(submission=OuterRef("pk"), member_id=member_id)
        free = Q(leased_until=None) | Q(leased_until__lte=now) | Exists(mine)
        return self.filter(
            free,
            ~Exists(apart),
            ~Exists(done),
            round__isnull=False,
            primary_language__in=natives,
        ).exclude(writer_id=member_id)


class Submission(models.Model):
    """A text that waits for corrections; `sentences` are spans in code points of `text`.

    `round` says how many corrections it has while it is offered for one more, and is null
    otherwise; `ranked_at` is its place in the feed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    writer_id = models.UUIDField()
    language = models.CharField(max_length=35, help_text="What it is written in (BCP 47).")
    primary_language = models.CharField(max_length=8)
    level = models.CharField(max_length=2, blank=True)
    source = models.CharField(max_length=6, help_text="free, or course.")
    prompt = models.TextField(blank=True)
    question = models.TextField(blank=True, help_text="To the people who correct.")
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    sentences = models.JSONField()
    state = models.CharField(max_length=9, help_text="draft, open or withdrawn.")
    moderation = models.CharField(max_length=7, blank=True, help_text="hidden or removed.")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    corrections_count = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(null=True)
    ranked_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    draft_state = models.CharField(max_length=11, blank=True)
    draft_notes = models.JSONField(default=list)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["writer_id", "created_at"], name="community_text_writer"),
            models.Index(
                fields=["primary_language", "round", "ranked_at"], name="community_text_feed"
            ),
            models.Index(
                fields=["primary_language", "round", "opened_at"], name="community_text_waiting"
            ),
            models.Index(fields=["state", "expires_at"], name="community_text_expiry"),
            models.Index(fields=["round", "escalated_at"], name="community_text_escalate"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.id}"


class Lease(models.Model):
    """A member's turn at a text. The clock ends it."""

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="lease")
    member_id = models.UUIDField(db_index=True)
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.submission_id} by {self.member_id}"


class Correction(models.Model):
    """A member's answer to a text; `verdicts` says of each sentence: perfect or corrected.

    `corrector_id` is null once the corrector is forgotten.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="corrections")
    corrector_id = models.UUIDField(null=True)
    comment = models.TextField(blank=True)
    verdicts = models.JSONField()
    created_at = models.DateTimeField()
    thanked_at = models.DateTimeField(null=True)
    moderation = models.CharField(max_length=7, blank=True, help_text="hidden or removed.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "corrector_id"], name="community_correction_once"
            )
        ]
        indexes = [
            models.Index(fields=["corrector_id", "created_at"], name="community_correction_by")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Edit(models.Model):
    """A change of a sentence: `start` and `end` are code points of the sentence in NFC.

    The machine's have no correction. `sentence_hash` is the SHA-256 of the text it is made for.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="edits")
    correction = models.ForeignKey(
        Correction, null=True, on_delete=models.CASCADE, related_name="edits"
    )
    source = models.CharField(max_length=7, help_text="human or machine.")
    sentence = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    category = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    sentence_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=8, default="open", help_text="open, accepted, disputed.")
    dispute_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Reply(models.Model):
    """A reply of writer or corrector about an edit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edit = models.ForeignKey(Edit, on_delete=models.CASCADE, related_name="replies")
    author_id = models.UUIDField()
    text = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "replies"
        indexes = [models.Index(fields=["author_id", "created_at"], name="community_reply_by")]

    def __str__(self) -> str:
        return str(self.id)
