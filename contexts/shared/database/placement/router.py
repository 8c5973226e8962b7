from typing import Any

from django.conf import settings
from django.db.models import Model

from contexts.shared.database.placement.aliases import alias_of, all_aliases
from contexts.shared.database.placement.replicas import reading_alias

# Their tables exist in every database; code names the database with `using`.
EVERYWHERE = {"messaging", "database", "mailing", "audit"}


class ContextRouter:
    """Sends each context's tables to the context's database."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        if model._meta.app_label in EVERYWHERE:
            return None
        # Django's own tables, with the cache among them, are never read from a replica.
        if model._meta.app_label in settings.CONTEXT_DATABASES:
            return reading_alias(model._meta.app_label)
        return alias_of(model._meta.app_label)

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        if model._meta.app_label in EVERYWHERE:
            return None
        return alias_of(model._meta.app_label)

    def allow_relation(self, obj1: Model, obj2: Model, **hints: Any) -> bool | None:
        return alias_of(obj1._meta.app_label) == alias_of(obj2._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        if app_label in EVERYWHERE:
            return db in all_aliases()
        return db == alias_of(app_label)
