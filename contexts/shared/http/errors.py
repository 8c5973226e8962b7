"""Errors of the HTTP layer itself."""

from rest_framework.exceptions import APIException, ParseError

from contexts.shared.kernel import Unauthenticated


class NotSignedIn(Unauthenticated):
    code = "not_authenticated"
    message = "Sign in first."


class BadRequest(ParseError):
    default_code = "bad_request"
    default_detail = "The request is not one that we can read."


class BodyTooLarge(APIException):
    status_code = 413
    default_code = "body_too_large"
    default_detail = "The request's body is larger than we take."
