"""All addresses of the project."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from busuu import pages, probes, rest
from busuu.schema import schema as graphql_schema
from busuu.workshop import graphiql, views
from contexts.identity.web import second_factor, staff
from contexts.shared.http import graphql
from contexts.shared.http.methods import only

_read_only = only("GET", "HEAD")
_graphql = graphql.endpoint(graphql_schema)
if settings.DEVELOPMENT:
    _graphql = graphiql.with_page(_graphql)

urlpatterns = [
    # The most frequent come first: Django tries them in this order.
    path("api/v1/", include(rest.urlpatterns)),
    path("graphql", _graphql, name="graphql"),
    path("", pages.start, name="start"),
    path("account/", include("contexts.identity.web.urls")),
    path("", include("contexts.identity.web.legal_urls")),
    path("community/", include("contexts.community.web.urls")),
    path("tutoring/", include("contexts.tutoring.web.urls")),
    path("billing/", include("contexts.billing.web.urls")),
    # The same limits and notices as everybody's.
    path("admin/password_change/", RedirectView.as_view(url="/account/"), name="staff-password"),
    path("admin/login/", staff.sign_in, name="staff-sign-in"),
    path("admin/second-factor/", second_factor.ask, name="second-factor"),
    path("admin/", admin.site.urls),
    path("api/schema", rest.schema, name="openapi"),
    path("api/docs", rest.docs, name="api-docs"),
    path("favicon.ico", RedirectView.as_view(url="/static/busuu/icon.svg")),
    path("healthz", _read_only(probes.healthz), name="healthz"),
    path("readyz", _read_only(probes.readyz), name="readyz"),
    path("metrics", _read_only(probes.metrics), name="metrics"),
]
if settings.DEVELOPMENT:
    urlpatterns += [
        path("api/v1/development/clock", views.Clock.as_view(), name="clock"),
        path("billing/sandbox/", include("busuu.sandbox.urls")),
    ]

handler400 = "contexts.shared.http.problems.bad_request"
handler403 = "contexts.shared.http.problems.forbidden"
handler404 = "contexts.shared.http.problems.not_found"
handler500 = "contexts.shared.http.problems.server_error"
