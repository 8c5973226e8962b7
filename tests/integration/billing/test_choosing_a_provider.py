"""Which provider is chosen is checked at the start."""

from typing import Any

import pytest

from contexts.billing.adapters.providers import payment_provider

pytest.importorskip("stripe", reason="the extra `payments` is not installed")


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
