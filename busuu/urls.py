"""Where everything is."""

from django.contrib import admin
from django.urls import include, path

from busuu import pages, probes, rest

urlpatterns = [
    path("", pages.start, name="start"),
    path("admin/", admin.site.urls),
    path("api/v1/", include(rest.urlpatterns)),
    path("api/schema", rest.schema, name="openapi"),
    path("api/docs", rest.docs, name="api-docs"),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
]

handler400 = "contexts.shared.http.problems.bad_request"
handler403 = "contexts.shared.http.problems.forbidden"
handler404 = "contexts.shared.http.problems.not_found"
handler500 = "contexts.shared.http.problems.server_error"
