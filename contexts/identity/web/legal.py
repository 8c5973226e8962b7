"""The public pages of our terms and of our privacy notice."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from markdown_it import MarkdownIt

from contexts.identity import api, queries
from contexts.shared.kernel import now

# Until a version is in force, caches may show the one before for so long.
_SECONDS = 300
# HTML in a text is shown as text, and only harmless links become links.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")


@require_safe
@cache_control(public=True, max_age=_SECONDS)
@vary_on_headers("Accept-Language")
def legal(
    request: HttpRequest, *, kind: str, version: str = "", language: str = ""
) -> HttpResponse:
    """Show a version in the reader's language, or in the one that the address names."""
    at = now()
    shown = version or queries.current_document(kind, now=at).version
    try:
        text = queries.legal_text(kind, shown, language=language or get_language() or "en")
    except api.UnknownVersion:
        raise Http404 from None
    if language and text.language != language:
        raise Http404
    versions = queries.versions_of(kind, now=at)
    context = {
        "text": text,
        "html": html_of(text.text),
        "versions": versions,
        "this": next(one for one in versions if one.version == shown),
    }
    return render(request, "identity/legal.html", context)


def html_of(text: str) -> SafeString:
    """Return Markdown as HTML without anything that a browser would run."""
    return SafeString(_MARKDOWN.render(text))
