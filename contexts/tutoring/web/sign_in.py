"""Sign-in to the tutors' pages, with a page session."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from contexts.shared.http.sign_in import LimitedForm, limited_response


class SignInForm(LimitedForm, AuthenticationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = self.fields["username"]
        address.label = _("E-mail address")
        address.widget.input_type = "email"


class SignIn(LoginView):
    """Sign-in page. Shares the limits of the API's sign-in."""

    template_name = "tutoring/sign_in.html"
    authentication_form = SignInForm
    next_page = "tutoring-home"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return limited_response(super().post(request, *args, **kwargs))
