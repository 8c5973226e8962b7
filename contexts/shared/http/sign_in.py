"""Sign-in forms of pages. The limits of the API answer here with a form and the API's status."""

from typing import Any

from django import forms
from django.http import HttpResponse
from rest_framework.exceptions import APIException

from contexts.shared.http.problems import headers_of


class LimitedForm(forms.Form):
    """Shows a limit as an error of the form. Before a form that checks a password."""

    refused: APIException | None = None

    def clean(self) -> Any:
        try:
            return super().clean()
        except APIException as refused:
            self.refused = refused
            raise forms.ValidationError(str(refused.detail), code="refused") from None


def limited_response(response: HttpResponse) -> HttpResponse:
    """Return a sign-in page's response, with the status of its limit if that refused it."""
    context = getattr(response, "context_data", None) or {}
    refused = getattr(context.get("form"), "refused", None)
    if refused:
        response.status_code = refused.status_code
        for name, value in headers_of(refused).items():
            response[name] = value
    return response
