"""What only development and tests have; settings for both start from here."""

from busuu.settings import base
from busuu.settings.base import *  # noqa: F403

DEVELOPMENT = True
GRAPHQL_INTROSPECTION = True
# The fake payment vendor. Its tables lie beside billing's, where they began.
INSTALLED_APPS = [*base.INSTALLED_APPS, "busuu.sandbox"]
CONTEXT_DATABASES = {**base.CONTEXT_DATABASES, "sandbox": base.CONTEXT_DATABASES["billing"]}
BILLING = {**base.BILLING, "SANDBOX": "busuu.sandbox.provider.SandboxProvider"}
SANDBOX_SENDER = "busuu.sandbox.webhooks.over_http"
