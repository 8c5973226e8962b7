"""Errors of the HTTP layer itself."""

from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, ParseError

from contexts.shared.kernel import Forbidden, Unauthenticated


class NotSignedIn(Unauthenticated):
    code = "not_authenticated"
    message = "Sign in first."


class SecondFactorNeeded(Forbidden):
    code = "second_factor_needed"
    message = (
        "Your role needs a second factor. Sign in again with a code of your authenticator app. "
        "If you have none, ask an admin for an enrollment link."
    )


class BadRequest(ParseError):
    default_code = "bad_request"
    default_detail = gettext_lazy("This request cannot be read. Check its address and parameters.")


class BodyTooLarge(APIException):
    status_code = 413
    default_code = "body_too_large"
    default_detail = gettext_lazy("The request body is too large. Send less data.")


class Unavailable(APIException):
    """Something that the request needs is unavailable. The same request may succeed later."""

    status_code = 503
    default_code = "unavailable"
    default_detail = gettext_lazy("This cannot be done right now. Try again in a moment.")
    wait = 5
