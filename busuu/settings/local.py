"""Development on one machine, in one process group, without servers."""

from busuu.settings import base
from busuu.settings.development import *  # noqa: F403
from busuu.settings.keys import generated_key
from busuu.settings.logs import logging_config
from busuu.settings.place import VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY = generated_key(VAR_DIR / "secret.key")
JWT_KEYS = [generated_key(VAR_DIR / "jwt.key")]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
REST_FRAMEWORK = {
    **base.REST_FRAMEWORK,
    "DEFAULT_THROTTLE_RATES": {
        **base.THROTTLE_RATES,
        "credentials": env.str("THROTTLE_CREDENTIALS", default="600/min"),
        "mail": env.str("THROTTLE_MAIL", default="600/min"),
        "account_mail": env.str("THROTTLE_ACCOUNT_MAIL", default="600/min"),
    },
}
CALLER_BURST = env.at_least("CALLER_BURST", 1, default=5_000)
LOGGING = logging_config(level=env.str("LOG_LEVEL", default="WARNING"), json=False)
# Static files are served from the source folders, without collecting them.
STATIC_ROOT = None
