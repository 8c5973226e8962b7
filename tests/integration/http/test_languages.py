"""Refusals in the language of the caller."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from rest_framework import serializers as of_drf
from rest_framework.exceptions import APIException
from rest_framework.test import APIClient

from contexts.shared.http import errors, serializers
from contexts.shared.http.problems import body_of
from contexts.tutoring.rest.windows import WindowSerializer

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
        ("language", "text"), [("en", "Not a valid string."), ("es", "No es una cadena válida.")]
    )
    def test_is_refused_in_the_readers_language(self, field: Any, language: str, text: str) -> None:
        with translation.override(language), pytest.raises(of_drf.ValidationError) as refused:
            field.run_validation(5)

        assert refused.value.get_full_details() == [{"message": text, "code": "invalid"}]

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


@pytest.mark.django_db
class TestALimitOfAField:
    def test_is_told_each_reader_in_their_language(self) -> None:
        wrong = {"email": "x" * 250 + "@example.org", "password": "a password"}

        texts = [
            APIClient()
            .post("/api/v1/auth/sign-in", wrong, format="json", headers={"Accept-Language": tag})
            .json()["errors"][0]["detail"]
            for tag in ("en", "es", "en")
        ]

        assert texts[0] == texts[2] == "Ensure this field has no more than 254 characters."
        assert texts[1] == "Asegúrese de que este campo no tenga más de 254 caracteres."


class TestARefusalOfTheHttpLayer:
    @pytest.mark.parametrize(
        ("path", "status", "text"),
        [
            ("/api/v1/nowhere", 404, "En esta dirección no hay nada."),
            ("/nowhere", 404, "En esta dirección no hay nada."),
            (
                "/api/v1/courses?after=%00",
                400,
                "Esta petición no se puede leer. Revisa su dirección y sus parámetros.",
            ),
        ],
    )
    def test_is_told_in_the_callers_language(self, path: str, status: int, text: str) -> None:
        answer = Client().get(path, headers={"Accept-Language": "es"})

        assert answer.status_code == status
        assert text in answer.content.decode()

    @pytest.mark.parametrize("path", ["/api/v1/nowhere", "/nowhere?page=%00"])
    def test_is_not_told_in_the_language_of_the_caller_before(self, path: str) -> None:
        Client().get("/nowhere", headers={"Accept-Language": "es"})

        answer = Client().get(path, headers={"Accept-Language": "en"})

        page = answer.content.decode()
        assert "There is nothing" in page or "cannot be read" in page
        assert 'lang="es"' not in page

    @pytest.mark.django_db
    def test_of_a_shape_is_told_so(self) -> None:
        answer = APIClient().post(
            "/api/v1/auth/sign-in", {}, format="json", headers={"Accept-Language": "es"}
        )

        assert answer.status_code == 400
        assert (
            answer.json()["detail"]
            == "La petición no se ajusta a la descripción de la API. Consulta `errors`."
        )

    @pytest.mark.parametrize(
        ("error", "text"),
        [
            (
                errors.BadRequest,
                "Esta petición no se puede leer. Revisa su dirección y sus parámetros.",
            ),
            (
                errors.BodyTooLarge,
                "El cuerpo de la petición es demasiado grande. Envía menos datos.",
            ),
            (errors.Unavailable, "Ahora no se puede hacer. Inténtalo dentro de un momento."),
        ],
    )
    def test_is_translated_when_it_is_raised(self, error: type[APIException], text: str) -> None:
        with translation.override("es"):
            body, _ = body_of(error())

        assert body is not None
        assert body["detail"] == text

    @pytest.mark.parametrize(
        ("window", "text"),
        [
            (
                {"from": "9999-12-31T00:00:00Z"},
                "Ningún período puede empezar tan tarde. Elige un comienzo anterior.",
            ),
            (
                {"from": "2026-06-01T00:00:00Z", "to": "2026-08-01T00:00:00Z"},
                "Un período debe terminar después de empezar y tener 31 días como máximo.",
            ),
        ],
    )
    def test_of_a_window_is_told_so(self, window: dict[str, str], text: str) -> None:
        with translation.override("es"):
            check = WindowSerializer(data=window)
            check.is_valid()

        assert str(check.errors["non_field_errors"][0]) == text


@pytest.mark.django_db
class TestTheResetPage:
    def test_says_in_the_readers_language_why_not(self) -> None:
        answer = Client().post(
            "/account/reset/of-nobody",
            {"password": "a long enough pass phrase"},
            headers={"Accept-Language": "es"},
        )

        assert answer.status_code == 422
        assert "Este enlace no es válido" in answer.content.decode()
