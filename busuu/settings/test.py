"""The test suite. DATABASE_URL chooses the engine; tests relay events themselves."""

import atexit
import shutil
import tempfile
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

from busuu.settings import base
from busuu.settings.development import *  # noqa: F403
from busuu.settings.logs import logging_config

SECRET_KEY = "only-for-tests-" + "x" * 40
JWT_KEYS = ["jwt-only-for-tests-" + "x" * 40]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
VAR_DIR = Path(tempfile.mkdtemp(prefix="busuu-test-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
DATABASES = deepcopy(base.DATABASES)
for alias, config in DATABASES.items():
    if config["ENGINE"].endswith("sqlite3") and alias not in base.REPLICAS.values():
        # A file, so that threads of a test share it as those of a server do.
        config["TEST"] = {"NAME": VAR_DIR / f"{alias}.sqlite3"}
# A second alias of the first database. Tests of replicas see which alias was used.
DATABASES["mirror"] = {**deepcopy(DATABASES["default"]), "TEST": {"MIRROR": "default"}}
# Runs on one cache server must not count each other's attempts.
CACHES = {"default": {**base.CACHES["default"], "KEY_PREFIX": VAR_DIR.name}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ARGON2_MEMORY_KIB = 64
# Tests that start many threads at once are refused nowhere.
WAITING_PASSWORD_HASHES = 100
# No cool-down, so that each test gets its mails.
MAIL_COOLDOWN = timedelta(0)
MESSAGING_RELAY = "off"
# Tests of the stream switch it on with a broker of their own.
STREAM = {**base.STREAM, "BROKERS": ""}
REST_FRAMEWORK = {
    **base.REST_FRAMEWORK,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "DEFAULT_THROTTLE_RATES": dict.fromkeys(base.THROTTLE_RATES, "10000/min"),
}
CALLER_BURST = 1_000_000
# Tests run on machines that are busy.
READINESS_SECONDS = 60
LOGGING = logging_config(level="ERROR", json=False)
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
# Each test client loads the middleware; without this it would scan all static files each time.
WHITENOISE_AUTOREFRESH = True
