"""Mails to people, as text and HTML, in their interface language."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from contexts.identity.models import User
from contexts.shared.database.transactions.atomic import refuse_in_transaction

_DAY = 86_400
_MOST_A_DAY = 20


def send(template: str, *, user: User, **facts: Any) -> None:
    """Send `templates/identity/mail/<template>` to the user's address."""
    refuse_in_transaction("mail")
    with translation.override(user.interface_language):
        context = {"user": user, "public_url": settings.PUBLIC_URL, **facts}
        message = EmailMultiAlternatives(
            subject=_rendered(template, "subject.txt", context).strip(),
            body=_rendered(template, "txt", context),
            to=[user.email],
        )
        message.attach_alternative(_rendered(template, "html", context), "text/html")
    message.send()


def send_seldom(template: str, *, user: User, **facts: Any) -> None:
    """Send, unless this account got the same mail within MAIL_COOLDOWN.

    A new password makes links useless that were mailed before, so its mail does not wait. There
    is an end to that: nobody may fill a stranger's mailbox by registering their address.
    """
    state = hashlib.sha256(user.password.encode()).hexdigest()[:16]
    sent, today = f"mail:{template}:{user.pk}:{state}", f"mails:{template}:{user.pk}"
    if cache.get(sent) or cache.get(today, 0) >= _MOST_A_DAY:
        return
    send(template, user=user, **facts)
    # Noted afterwards: a crash in between may send twice, but never lose the mail.
    cache.set(sent, 1, settings.MAIL_COOLDOWN.total_seconds())
    cache.set(today, cache.get(today, 0) + 1, _DAY)


def _rendered(template: str, form: str, context: dict[str, Any]) -> str:
    return render_to_string(f"identity/mail/{template}.{form}", context)
