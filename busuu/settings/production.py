"""Production. Necessary variables have no default: the process does not start without them."""

from django.core.exceptions import ImproperlyConfigured

from busuu.settings import base
from busuu.settings.base import *  # noqa: F403
from busuu.settings.place import env

_LEAST_CHARACTERS = 50

SECRET_KEY = env.str("SECRET_KEY")
if len(SECRET_KEY) < _LEAST_CHARACTERS:
    raise ImproperlyConfigured(f"SECRET_KEY must have {_LEAST_CHARACTERS} characters or more")
# Earlier keys. They verify links and decrypt second factors, and sign nothing.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
JWT_KEYS = env.list("JWT_KEYS", default=[SECRET_KEY])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
# A leading dot in a host means all its subdomains. Origins write a star for that.
CSRF_TRUSTED_ORIGINS = [f"https://{'*' * host.startswith('.')}{host}" for host in ALLOWED_HOSTS]
for _name in ("BROKER_URL", "DATABASE_URL"):
    env.str(_name)

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if base.REST_FRAMEWORK["NUM_PROXIES"] else None
)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
