"""Settings of every installation. Variables of the environment are in docs/operations.md."""

from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from busuu.settings.accounts import *  # noqa: F403
from busuu.settings.apis import *  # noqa: F403
from busuu.settings.apps import *  # noqa: F403
from busuu.settings.brokers import broker_url, transport_options
from busuu.settings.caches import cache
from busuu.settings.databases import CONTEXTS, databases
from busuu.settings.logs import logging_config
from busuu.settings.pages import *  # noqa: F403
from busuu.settings.place import *  # noqa: F403
from busuu.settings.place import VAR_DIR, env

# The one switch for everything that must never reach production.
DEVELOPMENT = False
DEBUG = False

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

CELERY_BROKER_URL = broker_url(env.str("BROKER_URL", default="memory://localhost"))
CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(CELERY_BROKER_URL)
# A delivery is sent again if its handling was not committed in this time.
MESSAGING_RESEND_AFTER = timedelta(seconds=env.at_least("MESSAGING_RESEND_AFTER", 1, default=60))
MESSAGING_MAX_ATTEMPTS = 8
# An effect outside the databases, such as a call to a payment provider, is tried at least so long.
MESSAGING_OUTSIDE_FOR = timedelta(days=1)
# Retention. Inbox entries must outlive the longest resend.
RETENTION = {
    "events": timedelta(days=90),
    "inbox": timedelta(days=120),
    "idempotency_keys": timedelta(hours=48),
    "webhooks": timedelta(days=90),
    "notifications": timedelta(days=180),
    "mails": timedelta(days=30),
    # Agreements and consents, after the erasure of the account.
    "agreements": timedelta(days=5 * 365 + 1),
}
# The public stream. It is on if BROKERS is set, for CONTEXTS.
STREAM: dict[str, Any] = {
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

# The legal texts. FOLDER has `terms` and `privacy` of the operator, which replace the shipped ones.
LEGAL = {
    "FOLDER": env.str("LEGAL_FOLDER", default=""),
    "OPERATOR": env.str("OPERATOR_NAME", default="Busuu Open"),
    "CONTACT": env.str("CONTACT_ADDRESS", default=parseaddr(DEFAULT_FROM_EMAIL)[1]),
    # Announcements add mails only while fewer than this wait, so that other mails are not held up.
    "MAILS_WAITING": env.at_least("LEGAL_MAILS_WAITING", 1, default=500),
}

# Limits of a member in 24 hours. A text with HIDE_AT_REPORTS reports is hidden until reviewed.
COMMUNITY: dict[str, Any] = {
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
    # Of the API, for example of a proxy. Stripe's own if it is empty.
    "STRIPE_ADDRESS": env.str("STRIPE_ADDRESS", default=""),
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

METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
