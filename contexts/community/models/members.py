"""Members: read tables fed by events of identity and courses."""

from uuid import UUID

from django.db import models

from contexts.shared.people.tables import KnownBlock, KnownPerson


class Member(KnownPerson):
    """A person with their languages, and how lately they learned."""

    native_languages = models.JSONField(default=list)
    studied_languages = models.JSONField(default=list)
    lessons_completed = models.PositiveIntegerField(default=0)
    last_learned_at = models.DateTimeField(null=True)


class MemberLanguageQuerySet(models.QuerySet["MemberLanguage"]):
    def natives_of(self, member_id: UUID) -> list[str]:
        """The primary subtags of a member's native languages."""
        spoken = self.filter(member=member_id, relation="native").order_by("language")
        return list(spoken.values_list("language", flat=True))


class MemberLanguage(models.Model):
    """A language of a member by its primary subtag, for finding who may correct what."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=8)
    relation = models.CharField(max_length=7, help_text="native or studied.")

    objects = MemberLanguageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "language", "relation"], name="community_language_once"
            )
        ]
        indexes = [models.Index(fields=["language", "relation"], name="community_speakers")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.language} ({self.relation})"


class Block(KnownBlock):
    class Meta(KnownBlock.Meta):
        pass
