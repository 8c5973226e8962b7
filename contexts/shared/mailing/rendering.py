"""A mail as text and HTML, in the language and the time zone of its reader."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from contexts.shared.mailing.facts import ATTACHMENTS
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.recipients import Recipient

# RFC 3834: a machine sent this, so no machine answers it. The second is for Exchange.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def rendered(mail: Mail, recipient: Recipient, facts: Mapping[str, Any]) -> EmailMultiAlternatives:
    """Return the message. A repeated sending has the same Message-ID."""
    context = {
        "recipient": recipient,
        "public_url": settings.PUBLIC_URL,
        **mail.facts,
        **facts,
    }
    where = f"{mail.context}/mail/{mail.template}"
    with translation.override(recipient.language), timezone.override(ZoneInfo(recipient.time_zone)):
        subject = " ".join(render_to_string(f"{where}.subject.txt", context).split())
        message = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string(f"{where}.txt", context),
            to=[mail.address or recipient.address],
            headers={**HEADERS, "Message-ID": f"<{mail.pk}@{_domain()}>"},
        )
        html = render_to_string(f"{where}.html", context)
    message.attach_alternative(html, "text/html")
    for name, content, media_type in facts.get(ATTACHMENTS, ()):
        message.attach(name, content, media_type)
    return message


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
