"""Settings that development and tests share, and production never has."""

from busuu.settings import base
from busuu.settings.base import *  # noqa: F403

DEVELOPMENT = True
GRAPHQL_INTROSPECTION = True
# The fake payment vendor. Its tables are on the database of billing, where they were before.
INSTALLED_APPS = [*base.INSTALLED_APPS, "busuu.sandbox", "graphene_django_graphiql_static"]
CONTEXT_DATABASES = {**base.CONTEXT_DATABASES, "sandbox": base.CONTEXT_DATABASES["billing"]}
BILLING = {**base.BILLING, "SANDBOX": "busuu.sandbox.provider.SandboxProvider"}
SANDBOX_SENDER = "busuu.sandbox.webhooks.over_http"
