"""The development settings, with the app for the faults."""

from busuu.settings import local
from busuu.settings.local import *  # noqa: F403

INSTALLED_APPS = [*local.INSTALLED_APPS, "tests.faults.fire"]
ROOT_URLCONF = "tests.faults.fire.urls"
# Poison must be dead within seconds; 8 attempts take minutes.
MESSAGING_MAX_ATTEMPTS = 3
