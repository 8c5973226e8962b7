"""REST, OpenAPI and GraphQL."""

from busuu.settings.accounts import THROTTLE_RATES
from busuu.settings.place import env

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["contexts.shared.http.authentication.ActorAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["contexts.shared.http.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["contexts.shared.http.parsers.BoundedJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "contexts.shared.http.paging.CursorPaging",
    "DEFAULT_SCHEMA_CLASS": "contexts.shared.http.openapi.ProblemAutoSchema",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "contexts.shared.http.negotiation.JsonOnly",
    "EXCEPTION_HANDLER": "contexts.shared.http.problems.exception_handler",
    "UNAUTHENTICATED_USER": "contexts.shared.http.actor.anonymous",
    "NUM_PROXIES": env.at_least("TRUSTED_PROXIES", 0, default=0),
    "PAGE_SIZE": 20,
    "DEFAULT_THROTTLE_RATES": THROTTLE_RATES,
}
# Requests of one access token to one process, and how many may come at once.
CALLER_REQUESTS_PER_MINUTE = env.at_least("CALLER_REQUESTS_PER_MINUTE", 1, default=600)
CALLER_BURST = env.at_least("CALLER_BURST", 1, default=150)
ACTOR_AUTHENTICATOR = "contexts.identity.api.authenticate"

SPECTACULAR_SETTINGS = {
    "TITLE": "Busuu Open",
    "DESCRIPTION": "An open language-learning platform. Errors are RFC 9457 problem details.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "LICENSE": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
    "CONTACT": {"name": "The engineers of Busuu Open"},
    "SERVERS": [
        {"url": "http://127.0.0.1:8000", "description": "`make run`."},
        {
            "url": "https://{host}",
            "description": "A deployment.",
            "variables": {"host": {"default": "busuu.example", "description": "Its host."}},
        },
    ],
    "POSTPROCESSING_HOOKS": ["contexts.shared.http.description.complete"],
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/(api|graphql|community/stream)\b.*$"

# For the command `graphql_schema` of graphene-django.
GRAPHENE = {"SCHEMA": "busuu.schema.schema"}
GRAPHQL_LIMITS = {
    "characters": 8_192,
    "tokens": 1_000,
    "depth": 8,
    "aliases": 15,
    "duplicates": 15,
    "directives": 15,
    "cost": 1_000,
}
GRAPHQL_INTROSPECTION = False
# A JSON list of documents that clients may name by SHA-256. ONLY_KNOWN refuses all others.
GRAPHQL_KNOWN = env.str("GRAPHQL_KNOWN", default="")
GRAPHQL_ONLY_KNOWN = env.bool("GRAPHQL_ONLY_KNOWN", default=False)
