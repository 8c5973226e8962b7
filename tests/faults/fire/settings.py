"""The development settings, with the app for the faults."""

import os

from busuu.settings import local
from busuu.settings.local import *  # noqa: F403

INSTALLED_APPS = [*local.INSTALLED_APPS, "tests.faults.fire"]
# Tests of mail name the port of a server of their own.
if os.environ.get("EMAIL_PORT"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
ROOT_URLCONF = "tests.faults.fire.urls"
# Poison must be dead within seconds; 8 attempts take minutes.
MESSAGING_MAX_ATTEMPTS = 3
