"""The shapes of requests and responses."""

from typing import Any

from django.conf import settings

from contexts.shared.http import serializers
from contexts.shared.kernel import Level

LEVELS = [level.value for level in Level]
SPOKEN = [code for code, _ in settings.LANGUAGES]


class PasswordField(serializers.CharField):
    """Long enough for a passphrase, short enough that hashing it stays cheap."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_length=1, max_length=128, trim_whitespace=False, write_only=True, **kwargs
        )


class EmailSerializer(serializers.Serializer):
    email = serializers.EmailField(max_length=254)


class RegisterSerializer(EmailSerializer):
    password = PasswordField()
    interface_language = serializers.ChoiceField(SPOKEN, default="en")


class AcceptedSerializer(serializers.Serializer):
    detail = serializers.CharField()


class LinkSerializer(serializers.Serializer):
    token = serializers.CharField(max_length=200)


class ResetSerializer(LinkSerializer):
    password = PasswordField()


class SignInSerializer(EmailSerializer):
    password = PasswordField()


class RefreshSerializer(serializers.Serializer):
    refresh_token = serializers.CharField(max_length=200)


class TokenPairSerializer(serializers.Serializer):
    access_token = serializers.CharField()
    refresh_token = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")
    token_type = serializers.CharField()


class StudiedSerializer(serializers.Serializer):
    language = serializers.CharField(max_length=35, help_text="BCP 47.")
    level = serializers.ChoiceField(LEVELS)


class LanguagesSerializer(serializers.Serializer):
    native = serializers.ListField(
        child=serializers.CharField(max_length=35), max_length=20, help_text="BCP 47."
    )
    studied = StudiedSerializer(many=True, max_length=20)  # type: ignore[call-arg]


class ProfileSerializer(serializers.Serializer):
    id = serializers.UUIDField(read_only=True)
    email = serializers.EmailField(read_only=True)
    display_name = serializers.CharField(max_length=80)
    country = serializers.RegexField(
        r"^[A-Z]{2}$", allow_blank=True, help_text="ISO 3166-1 alpha-2."
    )
    time_zone = serializers.CharField(max_length=64, help_text="IANA name.")
    interface_language = serializers.ChoiceField(SPOKEN)
    native_languages = serializers.ListField(child=serializers.CharField(), read_only=True)
    studied_languages = StudiedSerializer(many=True, read_only=True)
    roles = serializers.ListField(child=serializers.CharField(), read_only=True)
    created_at = serializers.DateTimeField(read_only=True)


class PersonSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    display_name = serializers.CharField()
    native_languages = serializers.ListField(child=serializers.CharField())
    studied_languages = StudiedSerializer(many=True)


class KnownSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    display_name = serializers.CharField()
    since = serializers.DateTimeField()


class ErasureSerializer(serializers.Serializer):
    requested_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(help_text="Until then it can be withdrawn.")
