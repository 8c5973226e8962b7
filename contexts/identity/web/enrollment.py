"""The page behind an enrollment link: password, QR code and a first code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from rest_framework.exceptions import APIException

from contexts.identity import api
from contexts.identity.web.account_forms import EnrollmentForm
from contexts.shared.http.problems import message_of
from contexts.shared.kernel import now


@never_cache
@sensitive_post_parameters("password", "code", "sealed")
@require_http_methods(["GET", "POST"])
def enroll(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password and a second factor."""
    try:
        if request.method == "GET":
            return _form(request, token)
        return _enroll(request, token)
    except api.InvalidLink as error:
        facts = {"dead": True, "error": message_of(error)}
        return render(request, "identity/enroll.html", facts, status=422)


def _enroll(request: HttpRequest, token: str) -> HttpResponse:
    form = EnrollmentForm(request.POST)
    if not form.is_valid():
        return _form(request, token, form, status=422)
    try:
        codes = api.enroll(token=token, now=now(), **form.cleaned_data)
    except (api.WrongCode, api.WeakPassword) as error:
        return _form(request, token, form, status=422, error=message_of(error))
    except APIException as refused:
        status = refused.status_code
        return _form(request, token, form, status=status, error=str(refused.detail))
    return render(request, "identity/recovery_codes.html", {"codes": codes, "first": True})


def _form(
    request: HttpRequest,
    token: str,
    form: EnrollmentForm | None = None,
    *,
    status: int = 200,
    error: str = "",
) -> HttpResponse:
    # After a mistake, the page shows the secret that the person has scanned.
    sealed = request.POST.get("sealed", "")
    page = api.enrollment_form(token=token, sealed=sealed, now=now())
    form = form or EnrollmentForm(initial={"sealed": page.sealed})
    facts = {"page": page, "form": form, "error": error}
    return render(request, "identity/enroll.html", facts, status=status)
