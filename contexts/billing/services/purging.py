"""What billing does not keep for good."""

from datetime import datetime

from django.conf import settings

from contexts.billing.models import Webhook
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.purging import purge_rows
from contexts.shared.kernel import first_id_at

_HANDLED = ("done", "ignored")


def purge_webhooks(*, now: datetime) -> int:
    """Forget handled webhooks that no provider sends again. Returns how many.

    What failed stays until somebody has looked at it.
    """
    long_ago = first_id_at(now - settings.RETENTION["webhooks"])
    old = Webhook.objects.filter(pk__lt=long_ago, state__in=_HANDLED)
    return purge_rows(old, using=alias_of("billing"))
