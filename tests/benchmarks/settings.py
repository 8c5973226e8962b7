"""Production's middleware, log lines and limits, without its TLS, mail and keys."""

import os
from datetime import timedelta

from busuu.settings import base
from busuu.settings.databases import database
from busuu.settings.logs import logging_config
from busuu.settings.test import *  # noqa: F403

# Thousands of made-up rows belong into a database made for them: a KeyError, not the default one.
os.environ["DATABASE_URL"]

ROOT_URLCONF = "tests.benchmarks.urls"
ACCESS_TOKEN_LIFETIME = timedelta(hours=1)
# Lines are made as in production; where they go is not what is measured.
LOGGING = logging_config(level="INFO", json=True)
LOGGING["handlers"]["stderr"] |= {"class": "logging.FileHandler", "filename": os.devnull}
# The bare view has none either: both keep their connection and ask nothing before a request.
DATABASES = {alias: {**kept, "CONN_HEALTH_CHECKS": False} for alias, kept in base.DATABASES.items()}
# Further ones, which a benchmark moves all contexts to and fro between: `name=URL` by blanks.
for further in os.environ.get("BENCHMARK_DATABASES", "").split():
    name, _, url = further.partition("=")
    DATABASES[name] = {**database(url), "CONN_HEALTH_CHECKS": False}
