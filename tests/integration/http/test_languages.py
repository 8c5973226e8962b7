"""Refusals in the language of whoever asks."""

from typing import Any

import pytest
from django.utils import translation
from rest_framework import serializers as of_drf
from rest_framework.test import APIClient

from contexts.shared.http import serializers

TEXTS: tuple[Any, ...] = (
    serializers.CharField(),
    serializers.ChoiceField(["a"]),
    serializers.EmailField(),
    serializers.RegexField("a"),
    serializers.SlugField(),
)


class TestATextThatIsNone:
    @pytest.mark.parametrize("field", TEXTS, ids=lambda field: type(field).__name__)
    @pytest.mark.parametrize(
        ("language", "told"), [("en", "Not a valid string."), ("es", "No es una cadena válida.")]
    )
    def test_is_refused_in_the_readers_language(self, field: Any, language: str, told: str) -> None:
        with translation.override(language), pytest.raises(of_drf.ValidationError) as refused:
            field.run_validation(5)

        assert refused.value.get_full_details() == [{"message": told, "code": "invalid"}]

    @pytest.mark.django_db
    def test_is_refused_so_over_http(self) -> None:
        answer = APIClient().post(
            "/api/v1/auth/sign-in",
            {"email": 5, "password": "a password"},
            format="json",
            headers={"Accept-Language": "es"},
        )

        assert answer.status_code == 400
        (error,) = answer.json()["errors"]
        assert error == {
            "pointer": "/email",
            "code": "invalid",
            "detail": "No es una cadena válida.",
        }
