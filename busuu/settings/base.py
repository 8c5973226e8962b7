"""Settings of every installation. Variables of the environment are in docs/operations.md."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from busuu.settings.brokers import broker_url, transport_options
from busuu.settings.caches import cache
from busuu.settings.databases import CONTEXTS, databases
from busuu.settings.environment import Environment
from busuu.settings.logs import logging_config
from busuu.version import VERSION

env = Environment()
# Docker Compose passes unset variables as empty ones.
env.ENVIRON = {name: value for name, value in os.environ.items() if value}
if not os.environ.get("PROMETHEUS_MULTIPROC_DIR", "unset"):
    # prometheus_client looks only at whether the variable exists.
    del os.environ["PROMETHEUS_MULTIPROC_DIR"]
BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# The one switch for everything that must never reach production.
DEVELOPMENT = False
DEBUG = False

INSTALLED_APPS = [
    "busuu.apps.BusuuConfig",
    "busuu.workshop",
    "unfold.apps.BasicAppConfig",
    "busuu.admin.AuditedAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "contexts.identity",
    "contexts.courses",
    "contexts.community",
    "contexts.tutoring",
    "contexts.billing",
    "contexts.shared.http",
    "contexts.shared.messaging",
    "contexts.shared.database",
    "contexts.shared.people",
    "contexts.shared.mailing",
    "contexts.shared.audit",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "graphene_django",
    "corsheaders",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "contexts.shared.http.middleware.RequestMiddleware",
    "contexts.shared.http.caching.NoStore",
    "corsheaders.middleware.CorsMiddleware",
    "contexts.shared.http.middleware.PageSessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "contexts.identity.web.middleware.PageAuthentication",
    "contexts.shared.http.middleware.PageMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "contexts.shared.http.middleware.PagePolicy",
    "busuu.csp.PolicyExceptions",
]

ROOT_URLCONF = "busuu.urls"
WSGI_APPLICATION = "busuu.wsgi.application"
ASGI_APPLICATION = "busuu.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Open streams of an ASGI process. Its server must hold more: granian --backpressure.
STREAMS_PER_PROCESS = env.at_least("STREAMS_PER_PROCESS", 1, default=10_000)
# /readyz answers after so long, whatever hangs.
READINESS_SECONDS = 3
# Requests at a time in a web process. The server needs two threads more than that.
WEB_LANES = env.at_least("WEB_LANES", 1, default=4)
# Seconds that a statement may take in a serving process. Commands of manage.py have no limit.
DATABASE_STATEMENT_SECONDS = env.at_least("DATABASE_STATEMENT_SECONDS", 0, default=15)
_databases = databases(
    env,
    default=f"sqlite:///{VAR_DIR / 'busuu.sqlite3'}",
    statement_seconds=DATABASE_STATEMENT_SECONDS,
)
DATABASES = _databases.configured
CONTEXT_DATABASES = _databases.by_context
# After a write, a caller reads from the primary for so long. Matters only with replicas.
REPLICAS = _databases.replicas
READ_YOUR_WRITES_SECONDS = env.at_least("READ_YOUR_WRITES_SECONDS", 0, default=10)
DATABASE_ROUTERS = ["contexts.shared.database.placement.router.ContextRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": cache(env.str("CACHE_URL", default=""))}

AUTH_USER_MODEL = "identity.User"
# `email_key` is unique and used for look-ups. `email` keeps the spelling of the user.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["contexts.identity.adapters.backends.EmailBackend"]
PASSWORD_HASHERS = ["contexts.identity.adapters.hashers.BoundedArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
    {"NAME": "contexts.identity.adapters.passwords.VisibleValidator"},
]
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=2).total_seconds())
LOGIN_URL = "/admin/login/"
# Signed in without a page to go to.
LOGIN_REDIRECT_URL = "/admin/"
UNFOLD = {
    "SITE_TITLE": "Busuu Open",
    "SITE_HEADER": "Busuu Open",
    "SITE_SUBHEADER": VERSION,
    "LOGIN": {"form": "contexts.identity.web.staff.StaffSignInForm"},
}

# Access tokens. The first key of JWT_KEYS signs, all of them verify (see "rotate keys").
JWT_KEYS: list[str] = []
JWT_ISSUER = env.str("JWT_ISSUER", default="busuu-open")
JWT_AUDIENCE = env.str("JWT_AUDIENCE", default="busuu-open-api")
ACCESS_TOKEN_LIFETIME = timedelta(minutes=15)
REFRESH_TOKEN_LIFETIME = timedelta(days=30)
# The minimum of OWASP for Argon2id: 19 MiB, two passes, one lane.
ARGON2_MEMORY_KIB = env.at_least("ARGON2_MEMORY_KIB", 8, default=19_456)
CONCURRENT_PASSWORD_HASHES = env.at_least("CONCURRENT_PASSWORD_HASHES", 1, default=1)
# Further sign-ins that wait for them. All others are refused at once with 503.
WAITING_PASSWORD_HASHES = env.at_least("WAITING_PASSWORD_HASHES", 0, default=1)
# A session ends after so long without a refresh, and in any case after the second time.
SESSION_LONGEST = timedelta(days=env.at_least("SESSION_LONGEST_DAYS", 1, default=180))
PAGE_SESSION_LIFETIME = timedelta(days=14)
# Streams end with their session, and after so long. The client then asks for a new address.
STREAM_LONGEST = timedelta(minutes=env.at_least("STREAM_LONGEST_MINUTES", 1, default=60))
# A refresh token may be sent again for so long: an answer was lost, or two tabs refresh at once.
REFRESH_LEEWAY = timedelta(seconds=env.at_least("REFRESH_LEEWAY", 0, default=30))

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
# Dates with the words and the order of each language.
FORMAT_MODULE_PATH = ["busuu.formats"]
LOCALE_PATHS = [BASE_DIR / "busuu" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.at_least("EMAIL_PORT", 1, default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Busuu Open <no-reply@localhost>")
MAIL_ADDRESS_BOOK = "contexts.identity.api.mail_recipient"
MAIL_COOLDOWN = timedelta(seconds=env.at_least("MAIL_COOLDOWN", 0, default=120))
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000")
# The public address of the ASGI process, which serves the streams.
STREAMS_URL = env.str("STREAMS_URL", default="http://127.0.0.1:8001")

# Per network address, unless it says otherwise.
THROTTLE_RATES: dict[str, str] = {
    "credentials": env.str("THROTTLE_CREDENTIALS", default="30/min"),
    "mail": env.str("THROTTLE_MAIL", default="30/hour"),
    # Wrong passwords for one account from one network address, or on a known device.
    "guesses": env.str("THROTTLE_GUESSES", default="10/min"),
    "known_device": env.str("THROTTLE_GUESSES", default="10/min"),
    # Wrong passwords for one account from all devices that it does not know.
    "account_guesses": env.str("THROTTLE_ACCOUNT", default="100/hour"),
    # Unknown voucher codes of one customer.
    "voucher_guesses": env.str("THROTTLE_VOUCHERS", default="10/hour"),
    "account_mail": env.str("THROTTLE_ACCOUNT_MAIL", default="10/hour"),
}
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

CELERY_BROKER_URL = broker_url(env.str("BROKER_URL", default="memory://localhost"))
CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(CELERY_BROKER_URL)
# A delivery is sent again if its handling was not committed in this time.
MESSAGING_RESEND_AFTER = timedelta(seconds=env.at_least("MESSAGING_RESEND_AFTER", 1, default=60))
MESSAGING_MAX_ATTEMPTS = 8
# Retention. Inbox entries must outlive the longest resend.
RETENTION = {
    "events": timedelta(days=90),
    "inbox": timedelta(days=120),
    "idempotency_keys": timedelta(hours=48),
    "webhooks": timedelta(days=90),
    "notifications": timedelta(days=180),
    "mails": timedelta(days=30),
}
# The public stream. It is on if BROKERS is set, for CONTEXTS.
STREAM = {
    "BROKERS": env.str("KAFKA_URL", default=""),
    # Further settings of librdkafka, as a JSON object.
    "OPTIONS": env.json_object("KAFKA_OPTIONS"),
    "CONTEXTS": env.list("STREAM_CONTEXTS", default=list(CONTEXTS)),
    "PREFIX": env.str("STREAM_PREFIX", default="busuu"),
    # Another process takes over from one that was silent for so long.
    "LEASE": timedelta(seconds=env.at_least("STREAM_LEASE", 1, default=15)),
}
# "thread": each commit wakes the relay thread. "off": only sweeps and tests relay.
MESSAGING_RELAY = "thread"

# Limits of a member in 24 hours. A text with HIDE_AT_REPORTS reports is hidden until reviewed.
COMMUNITY = {
    "SUBMISSIONS_PER_DAY": env.at_least("COMMUNITY_SUBMISSIONS_PER_DAY", 0, default=50),
    "CORRECTIONS_PER_DAY": env.at_least("COMMUNITY_CORRECTIONS_PER_DAY", 0, default=300),
    "REPLIES_PER_DAY": env.at_least("COMMUNITY_REPLIES_PER_DAY", 0, default=300),
    "REPORTS_PER_DAY": env.at_least("COMMUNITY_REPORTS_PER_DAY", 0, default=30),
    "HIDE_AT_REPORTS": env.at_least("COMMUNITY_HIDE_AT_REPORTS", 1, default=3),
    "DRAFT_ENGINE": "contexts.community.adapters.draft_engine.EmbeddedDraftEngine",
}

# The payment provider: stripe, or empty for no payments. Development adds the sandbox.
BILLING = {
    "PROVIDER": env.str("PAYMENT_PROVIDER", default=""),
    "STRIPE_KEY": env.str("STRIPE_KEY", default=""),
    "STRIPE_WEBHOOK_SECRET": env.str("STRIPE_WEBHOOK_SECRET", default=""),
    # On invoices, for example "ES B12345678".
    "SELLER_TAX_ID": env.str("SELLER_TAX_ID", default=""),
    # A folder with products.toml and terms.toml of the operator. Files in it replace the shipped.
    "CATALOG": env.str("BILLING_CATALOG", default=""),
}

LOGGING = logging_config(level=env.str("LOG_LEVEL", default="INFO"), json=True)

# The video server of lessons. ROOM_KEY signs the links to its rooms.
TUTORING = {
    "ROOM_URL": env.str("ROOM_URL", default="https://meet.jit.si"),
    "ROOM_KEY": env.str("ROOM_KEY", default=""),
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/(api|graphql|community/stream)\b.*$"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

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
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

__all__ = [name for name in dir() if name.isupper()] + ["CONTEXTS"]
