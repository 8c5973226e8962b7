"""Sign-in to the admin, and what each role may look at there."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from contexts.identity.adapters import credentials
from contexts.identity.models import User
from contexts.shared.http.clients import Client, client_of

# The admin role is a superuser; the others may view, and act through admin actions.
_APPS_OF_ROLE = {
    "support": {"identity", "courses", "community", "tutoring", "billing", "messaging", "mailing"},
    "moderator": {"community"},
    "author": {"courses"},
    "finance": {"billing"},
}


class EmailBackend(ModelBackend):
    """Sign-in to pages by e-mail address, with the limits of the API. Raises Throttled, Busy."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        if not username or password is None:
            return None
        client = client_of(request) if request else Client()
        user = credentials.person_with(email=username, password=password, client=client)
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: Any) -> bool:
        # Somebody else may have registered the address and chosen the password.
        return super().user_can_authenticate(user) and user.verified_at is not None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        app, _, codename = perm.partition(".")
        looks = codename.startswith("view_") and app in _visible_apps(user_obj)
        return looks or super().has_perm(user_obj, perm, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return app_label in _visible_apps(user_obj) or super().has_module_perms(user_obj, app_label)


def _visible_apps(user: Any) -> set[str]:
    if not user.is_active or not user.is_staff:
        return set()
    # The admin asks once for every model on every page.
    if not hasattr(user, "_visible_apps"):
        roles = user.groups.values_list("name", flat=True)
        user._visible_apps = set().union(*(_APPS_OF_ROLE.get(role, set()) for role in roles))
    visible: set[str] = user._visible_apps
    return visible
