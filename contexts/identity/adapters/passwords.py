"""A password check that Django's own validators lack."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext


class VisibleValidator:
    """Refuses a password that is made of blanks alone."""

    def validate(self, password: str, user: Any = None) -> None:
        del user
        if not any(char.isprintable() and not char.isspace() for char in password):
            raise ValidationError(self.get_help_text(), code="password_blank")

    def get_help_text(self) -> str:
        return gettext("Your password can’t be made of blanks alone.")
