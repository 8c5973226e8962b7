"""Errors as RFC 9457 problem details with a stable `code`."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext
from rest_framework import exceptions
from rest_framework.response import Response

from contexts.shared.database.failures.outages import is_outage
from contexts.shared.http.errors import BodyTooLarge, Unavailable
from contexts.shared.http.unknown import UnknownField, escaped, names_of
from contexts.shared.kernel import DomainError, ErrorKind

CONTENT_TYPE = "application/problem+json"
log = structlog.get_logger(__name__)

_CHALLENGE = {"WWW-Authenticate": "Bearer"}
_HEADERS = {
    HTTPStatus.UNAUTHORIZED: _CHALLENGE,
    HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": "60"},
}

_STATUS_OF_KIND = {
    ErrorKind.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    ErrorKind.NOT_FOUND: HTTPStatus.NOT_FOUND,
    ErrorKind.FORBIDDEN: HTTPStatus.FORBIDDEN,
    ErrorKind.CONFLICT: HTTPStatus.CONFLICT,
    ErrorKind.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    ErrorKind.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}


def problem(*, status: int, code: str, detail: str, **more: Any) -> dict[str, Any]:
    """Return the body of a problem. `more` are extension members (RFC 9457, section 3.2)."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    return {**body, "request_id": request_id} if request_id else body


def status_of(error: DomainError | type[DomainError]) -> int:
    return _STATUS_OF_KIND[error.kind]


def problem_of(error: DomainError) -> dict[str, Any]:
    """Return a domain error as a problem, with its message in the caller's language."""
    params = {name: _plain(value) for name, value in error.params.items()}
    return problem(
        status=status_of(error),
        code=error.code,
        detail=message_of(error),
        **({"params": params} if params else {}),
    )


def message_of(error: DomainError) -> str:
    """Return the message of a domain error in the reader's language."""
    message = gettext(error.message)
    return message.format(**error.params) if error.params else message


def _plain(value: object) -> object:
    if isinstance(value, str | int | float | bool | None):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value)


def exception_handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Return a problem for an error that a client or an outage caused, else None (DRF's hook)."""
    body, headers = body_of(error)
    if body is None:
        return None
    response = Response(body, status=body["status"], headers=headers)
    response.content_type = CONTENT_TYPE
    return response


def body_of(error: Exception) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """Return an error's problem and headers. The problem is None if the error is a bug of ours."""
    if isinstance(error, DomainError):
        body = problem_of(error)
        return body, _HEADERS.get(body["status"], {})
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        error = BodyTooLarge()
    if is_outage(error):
        log.warning("database_unavailable", error=repr(error))
        error = Unavailable()
    if isinstance(error, SuspiciousOperation | MultiPartParserError):
        return problem(status=400, code="bad_request", detail=str(error)), {}
    if isinstance(error, DjangoValidationError):
        return problem(status=400, code="invalid", detail="; ".join(error.messages)), {}
    if isinstance(error, exceptions.APIException):
        return _of_api_exception(error), headers_of(error)
    return None, {}


def headers_of(error: exceptions.APIException) -> dict[str, str]:
    """Return the headers that go with an error, such as Retry-After."""
    headers = dict(_CHALLENGE) if error.status_code == HTTPStatus.UNAUTHORIZED else {}
    if (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = str(int(wait) + 1)
    return headers


def _of_api_exception(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        return _of_validation(list(_field_errors(error.get_full_details(), "")))
    code = error.get_codes()
    errors = getattr(error, "errors", None)
    return problem(
        status=error.status_code,
        code=code if isinstance(code, str) else "invalid_request",
        detail=str(error.detail),
        **({"errors": errors} if errors else {}),
    )


def _of_validation(errors: list[dict[str, str]]) -> dict[str, Any]:
    if unknown := names_of(errors):
        detail = gettext("Unknown field: {names}.").format(names=", ".join(unknown))
        return problem(status=422, code=UnknownField.default_code, detail=detail, errors=errors)
    return problem(
        status=400,
        code="invalid_request",
        detail=gettext("The request does not match the API description. See `errors`."),
        errors=errors,
    )


def _field_errors(details: Any, pointer: str) -> Iterator[dict[str, str]]:
    """Flatten DRF's nested details into JSON pointers (RFC 6901)."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield {"pointer": pointer, "code": details["code"], "detail": str(details["message"])}
    elif isinstance(details, dict):
        for name, inner in details.items():
            step = "" if name == "non_field_errors" else f"/{escaped(name)}"
            yield from _field_errors(inner, pointer + step)
    elif isinstance(details, list):
        for index, inner in enumerate(details):
            leaf = isinstance(inner, dict) and set(inner) == {"message", "code"}
            yield from _field_errors(inner, pointer if leaf else f"{pointer}/{index}")


def error_response(error: Exception) -> HttpResponse | None:
    """Return the response to an error outside DRF, None if the error is a bug of ours."""
    body, headers = body_of(error)
    return problem_response(body, headers=headers) if body else None


def problem_response(
    body: dict[str, Any], *, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    return HttpResponse(
        orjson.dumps(body), status=body["status"], content_type=CONTENT_TYPE, headers=headers
    )


def speaks_json(request: HttpRequest) -> bool:
    return request.path.startswith(("/api/", "/graphql"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, "not_found", gettext("There is nothing at this address."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        400,
        "bad_request",
        gettext("This request cannot be read. Check its address and parameters."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request, 403, "permission_denied", gettext("You do not have permission to do this.")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(
        request, 500, "server_error", gettext("Something went wrong on our side. Try again later.")
    )


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Return the response to a failure of the database, None for other errors."""
    if not is_outage(error):
        return None
    body, headers = body_of(error)
    response = _shown(request, body or {})
    for name, value in headers.items():
        response[name] = value
    return response


def _page(request: HttpRequest, status: int, code: str, detail: str) -> HttpResponse:
    return _shown(request, problem(status=status, code=code, detail=detail))


def _shown(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    if speaks_json(request):
        return problem_response(body)
    return render(request, "problem.html", {"problem": body}, status=body["status"])
