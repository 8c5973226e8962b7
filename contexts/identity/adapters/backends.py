from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from contexts.identity.models import User


class EmailBackend(ModelBackend):
    """Sign-in to the admin by e-mail address, in whatever case it is typed."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        user = super().authenticate(request, username, password, **kwargs)
        return user if isinstance(user, User) else None
