"""The shapes of requests and responses. Responses are rendered from DTOs; these describe them."""

from drf_spectacular.utils import extend_schema_serializer

from contexts.community import api
from contexts.shared.http import serializers

CATEGORIES = [
    "accent",
    "case",
    "punctuation",
    "spelling",
    "word_form",
    "word_order",
    "missing",
    "extra",
    "replacement",
    "whitespace",
]
LONGEST_REMARK = 2_000
# What a browser sends may hold combining marks that NFC joins.
_LONGEST_SENT = 4 * api.LONGEST_TEXT


class MembershipSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    display_name = serializers.CharField()
    native_languages = serializers.ListField(child=serializers.CharField())
    studied_languages = serializers.ListField(child=serializers.CharField())
    lessons_completed = serializers.IntegerField()
    last_learned_at = serializers.DateTimeField(allow_null=True)


@extend_schema_serializer(component_name="Member")
class PersonSerializer(serializers.Serializer):
    """A member; null in the place of one who is gone."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    native_languages = serializers.ListField(child=serializers.CharField())


class SentenceSerializer(serializers.Serializer):
    index = serializers.IntegerField()
    start = serializers.IntegerField(help_text="In code points of the text.")
    end = serializers.IntegerField()
    text = serializers.CharField()


class TextSummarySerializer(serializers.Serializer):
    id = serializers.UUIDField()
    writer = PersonSerializer(allow_null=True)
    language = serializers.CharField(help_text="BCP 47.")
    level = serializers.CharField(help_text="CEFR, or empty.")
    source = serializers.ChoiceField(["free", "course"])  # type: ignore[assignment]
    state = serializers.ChoiceField(["open", "withdrawn"])
    prompt = serializers.CharField()
    question = serializers.CharField(help_text="To whoever corrects.")
    text = serializers.CharField()
    sentences = SentenceSerializer(many=True)
    corrections_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    opened_at = serializers.DateTimeField(allow_null=True)
    moderation = serializers.ChoiceField(["", "hidden", "removed"])


class ReplySerializer(serializers.Serializer):
    id = serializers.UUIDField()
    author = PersonSerializer(allow_null=True)
    text = serializers.CharField()
    created_at = serializers.DateTimeField()


@extend_schema_serializer(component_name="TextEdit")
class EditSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    sentence = serializers.IntegerField()
    start = serializers.IntegerField(help_text="In code points of the sentence in NFC.")
    end = serializers.IntegerField()
    old = serializers.CharField()
    new = serializers.CharField()
    category = serializers.ChoiceField(CATEGORIES)
    reason = serializers.CharField()
    source = serializers.ChoiceField(["human", "machine"])  # type: ignore[assignment]
    state = serializers.ChoiceField(["open", "accepted", "disputed"])
    dispute_reason = serializers.CharField()
    replies = ReplySerializer(many=True)


class NoteSerializer(serializers.Serializer):
    code = serializers.ChoiceField(["other_language", "unknown_word", "partly_checked"])
    detail = serializers.CharField()
    sentence = serializers.IntegerField(allow_null=True)


class DraftSerializer(serializers.Serializer):
    """Made by a machine, and no correction."""

    state = serializers.ChoiceField(["pending", "ready", "unavailable"])
    source = serializers.ChoiceField(["machine"])  # type: ignore[assignment]
    notes = NoteSerializer(many=True)
    edits = EditSerializer(many=True)


class CorrectedSentenceSerializer(serializers.Serializer):
    index = serializers.IntegerField()
    perfect = serializers.BooleanField()
    text = serializers.CharField(help_text="The sentence with all edits made.")
    edits = EditSerializer(many=True)


class CorrectionSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    corrector = PersonSerializer(allow_null=True)
    comment = serializers.CharField()
    created_at = serializers.DateTimeField()
    thanked_at = serializers.DateTimeField(allow_null=True)
    sentences = CorrectedSentenceSerializer(many=True)


class TextDetailSerializer(serializers.Serializer):
    summary = TextSummarySerializer()
    leased_until = serializers.DateTimeField(
        allow_null=True, help_text="While it is the caller's turn."
    )
    draft = DraftSerializer(allow_null=True)
    corrections = CorrectionSerializer(many=True)


class SubmitSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=_LONGEST_SENT, trim_whitespace=False)
    language = serializers.CharField(max_length=35, help_text="BCP 47.")
    question = serializers.CharField(max_length=500, allow_blank=True, default="")


class RewriteSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=_LONGEST_SENT, trim_whitespace=False)


class TurnSerializer(serializers.Serializer):
    """A turn at a text."""

    submission = serializers.UUIDField()
    leased_until = serializers.DateTimeField(allow_null=True)


class ProposedEditSerializer(serializers.Serializer):
    start = serializers.IntegerField(min_value=0, max_value=_LONGEST_SENT)
    end = serializers.IntegerField(min_value=0, max_value=_LONGEST_SENT)
    old = serializers.CharField(max_length=_LONGEST_SENT, allow_blank=True, trim_whitespace=False)
    new = serializers.CharField(max_length=_LONGEST_SENT, allow_blank=True, trim_whitespace=False)
    category = serializers.ChoiceField(CATEGORIES, required=False)
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


@extend_schema_serializer(component_name="SentenceAnswer")
class AnswerSerializer(serializers.Serializer):
    """Of a sentence: that it is perfect, edits in order, or what it should read."""

    index = serializers.IntegerField(min_value=0, max_value=_LONGEST_SENT)
    perfect = serializers.BooleanField(default=False)
    edits = ProposedEditSerializer(many=True, required=False)
    corrected = serializers.CharField(
        max_length=_LONGEST_SENT, required=False, trim_whitespace=False
    )


class CorrectSerializer(serializers.Serializer):
    sentences = serializers.ListField(
        child=AnswerSerializer(), max_length=api.LONGEST_TEXT, allow_empty=False
    )
    comment = serializers.CharField(max_length=LONGEST_REMARK, allow_blank=True, default="")


class CreatedSerializer(serializers.Serializer):
    id = serializers.UUIDField()


class DisputeSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500)


class SaySerializer(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_REMARK)


class PointsLineSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    points = serializers.IntegerField()
    reason = serializers.ChoiceField(
        ["sentences_corrected", "sentences_confirmed", "edit_accepted", "thanked"]
    )
    quantity = serializers.IntegerField()
    cause = serializers.UUIDField(help_text="The correction or the edit.")
    language = serializers.CharField()
    created_at = serializers.DateTimeField()


class LanguageReputationSerializer(serializers.Serializer):
    """The Bayesian mean of what writers made of the caller's edits in a language."""

    language = serializers.CharField()
    score = serializers.FloatField(
        help_text="(prior_weight x prior_mean + accepted) / (prior_weight + accepted + disputed)"
    )
    accepted = serializers.IntegerField()
    disputed = serializers.IntegerField()
    prior_mean = serializers.FloatField()
    prior_weight = serializers.IntegerField()


class ReputationSerializer(serializers.Serializer):
    points = serializers.IntegerField()
    languages = LanguageReputationSerializer(many=True)


class NotificationSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    number = serializers.IntegerField(help_text="Grows by one with each of the caller's.")
    kind = serializers.CharField()
    actor = PersonSerializer(allow_null=True)
    subject = serializers.UUIDField(
        allow_null=True, help_text="A correction, an edit or a lesson, as `kind` says."
    )
    submission = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class UnreadSerializer(serializers.Serializer):
    unread = serializers.IntegerField()


class StreamSerializer(serializers.Serializer):
    url = serializers.CharField(help_text="Server-sent events; opens once, within a minute.")
    expires_at = serializers.DateTimeField()


class ReadSerializer(serializers.Serializer):
    ids = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=100,
        required=False,
        help_text="All of the caller's unless named.",
    )


class ReportSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(api.KINDS)
    subject = serializers.UUIDField()
    reason = serializers.ChoiceField(api.REASONS)
    comment = serializers.CharField(max_length=LONGEST_REMARK, allow_blank=True, default="")
