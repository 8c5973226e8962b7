"""The sign-in page of the admin, with the limits of every other sign-in."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from unfold.forms import AuthenticationForm

from contexts.identity.web import second_factor
from contexts.shared.http.sign_in import LimitedForm, limited_response


class StaffSignInForm(LimitedForm, AuthenticationForm):  # type: ignore[misc]
    pass


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in to the admin. Who has signed in, but not proven a second factor, goes there."""
    if request.method == "GET" and second_factor.is_asked(request):
        return second_factor.detour(request)
    return limited_response(admin.site.login(request))
