"""GraphiQL: a page for trying GraphQL, in development only. Its files are served from here."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = Callable[[HttpRequest], HttpResponse]
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:"
)


def with_page(endpoint: View) -> View:
    """Return the endpoint that answers a browser's GET with GraphiQL."""

    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
            page = render(request, "graphiql.html")
            page["Content-Security-Policy"] = _POLICY
            return page
        return endpoint(request)

    return view
