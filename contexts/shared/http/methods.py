import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import MethodNotAllowed

from contexts.shared.http.problems import error_response

View = Callable[[HttpRequest], HttpResponse]


def only(*methods: str) -> Callable[[View], View]:
    """Return a decorator for a Django view: other methods get a problem, CSRF is not checked."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @functools.wraps(view)
        def checked(request: HttpRequest) -> HttpResponse:
            if request.method in methods:
                return view(request)
            response = error_response(MethodNotAllowed(request.method or ""))
            assert response is not None
            response["Allow"] = ", ".join(methods)
            return response

        return checked

    return decorate
