"""The tables of django-allauth. Identity uses its second factors; its pages are not mounted."""

from allauth.account.apps import AccountConfig
from allauth.mfa.apps import MFAConfig


class AddressTables(AccountConfig):  # type: ignore[misc]
    """Imported by the second factors. Without pages, it needs no middleware of its own."""

    verbose_name = "Addresses (unused)"

    def ready(self) -> None:
        pass


class SecondFactorTables(MFAConfig):  # type: ignore[misc]
    verbose_name = "Second factors"

    def ready(self) -> None:
        pass
