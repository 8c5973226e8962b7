"""The choice of a provider is checked at the start."""

from typing import Any

import pytest

from contexts.billing.adapters.providers import payment_provider
from tests import needs
from tests.integration.ops.deployed import python

pytest.importorskip("stripe", reason=needs.STRIPE)


class TestTheChoiceOfAProvider:
    @pytest.mark.parametrize(
        ("name", "development", "found"),
        [
            ("", True, []),
            ("", False, []),
            ("sandbox", True, []),
            ("sandbox", False, ["billing.E001"]),
            ("paypal", True, ["billing.E002"]),
            ("stripe", False, ["billing.E003", "billing.E003"]),
        ],
    )
    def test_is_checked_at_the_start(
        self, settings: Any, name: str, development: bool, found: list[str]
    ) -> None:
        settings.DEVELOPMENT = development
        settings.BILLING = {**settings.BILLING, "PROVIDER": name}

        assert [one.id for one in payment_provider()] == found


class TestProduction:
    def test_has_no_sandbox_at_all(self) -> None:
        ask = """
import sys, django; django.setup()
from django.apps import apps
from django.conf import settings
from django.urls import Resolver404, resolve
try:
    resolve("/billing/sandbox/cs_1")
except Resolver404:
    print(settings.DEVELOPMENT, apps.is_installed("busuu.sandbox"), "busuu.sandbox" in sys.modules)
"""

        result = python("-c", ask)

        assert result.stdout.split() == ["False", "False", "False"], result.stderr

    def test_does_not_start_with_the_sandbox_as_its_provider(self) -> None:
        result = python("manage.py", "check", PAYMENT_PROVIDER="sandbox")

        assert result.returncode != 0
        assert "billing.E001" in result.stderr
