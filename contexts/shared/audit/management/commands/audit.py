import json
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contexts.shared.audit.models import AuditEntry
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel.arguments import instant


class Command(BaseCommand):
    help = "Print the audit log as lines of JSON, oldest first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=instant, help="2026-11-01T00:00:00Z")
        parser.add_argument("--actor", help="the id of a person")
        parser.add_argument("--action", dest="act", help="the start of an action: admin.billing")

    def handle(
        self, *, since: datetime | None, actor: str | None, act: str | None, **_: Any
    ) -> None:
        rows = AuditEntry.objects.using(alias_of("identity")).order_by("at", "pk")
        if since:
            rows = rows.filter(at__gte=since)
        if actor:
            rows = rows.filter(actor_id=actor)
        if act:
            rows = rows.filter(action__startswith=act)
        for row in rows.values().iterator():
            plain = {name: value for name, value in row.items() if value not in (None, "", {})}
            self.stdout.write(json.dumps(plain, default=str, ensure_ascii=False))
