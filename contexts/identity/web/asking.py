"""Pages wait until a person who has just signed in has agreed to the terms in force."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from contexts.identity import queries
from contexts.shared.kernel import now

_KEY = "identity_asks"
_WAITING = ("/account/", "/tutoring/", "/admin/")
# Agreeing, leaving, one's own data, and what needs no sign-in.
OPEN = frozenset(
    {
        "account-agree",
        "account-sign-in",
        "account-sign-out",
        "account-sign-up",
        "account-request-export",
        "account-export",
        "verify-page",
        "address-page",
        "reset-page",
        "tutoring-sign-in",
        "tutoring-sign-out",
        "calendar-feed",
        "staff-sign-in",
        "second-factor",
        "enroll-page",
        "admin:logout",
        "admin:jsi18n",
    }
)


def ask(request: HttpRequest, user: Any) -> None:
    """Note in the session of a new sign-in whether the person has to agree to the terms."""
    if queries.agreements_needed(user.pk, now=now()):
        request.session[_KEY] = True


def stop(request: HttpRequest) -> None:
    """Note that the person has agreed."""
    request.session.pop(_KEY, None)


class AskForAgreement:
    """Leads from the pages behind a sign-in to the one that asks. Costs no statement."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.path.startswith(_WAITING) or not request.session.get(_KEY):
            return None
        match = request.resolver_match
        if match and match.view_name in OPEN:
            return None
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        query = f"?{urlencode({'next': back})}" if back else ""
        return HttpResponseRedirect(reverse("account-agree") + query)
