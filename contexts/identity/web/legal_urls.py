from django.urls import path

from contexts.identity.web.legal import legal

urlpatterns = [
    route
    for kind in ("terms", "privacy")
    for route in (
        path(kind, legal, {"kind": kind}, name=kind),
        path(f"{kind}/<slug:version>", legal, {"kind": kind}, name=f"{kind}-version"),
        path(
            f"{kind}/<slug:version>/<slug:language>",
            legal,
            {"kind": kind},
            name=f"{kind}-language",
        ),
    )
]
