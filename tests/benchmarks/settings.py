"""Production's middleware, log lines and limits, without its TLS, mail and keys."""

import os
from datetime import timedelta

from busuu.settings import base
from busuu.settings.databases import database
from busuu.settings.logs import logging_config
from busuu.settings.test import *  # noqa: F403

# Synthetic rows must never reach the default database, so a missing URL is a KeyError.
os.environ["DATABASE_URL"]

ROOT_URLCONF = "tests.benchmarks.urls"
ACCESS_TOKEN_LIFETIME = timedelta(hours=1)
# Lines are made as in production; their output is not measured.
LOGGING = logging_config(level="INFO", json=True)
LOGGING["handlers"]["stderr"] |= {"class": "logging.FileHandler", "filename": os.devnull}
# The bare view has no health check either: both sides keep their connection.
DATABASES = {
    alias: {**config, "CONN_HEALTH_CHECKS": False} for alias, config in base.DATABASES.items()
}
# More databases, between which a benchmark moves all contexts: `name=URL`, separated by spaces.
for further in os.environ.get("BENCHMARK_DATABASES", "").split():
    name, _, url = further.partition("=")
    DATABASES[name] = {**database(url), "CONN_HEALTH_CHECKS": False}
