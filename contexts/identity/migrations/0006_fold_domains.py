"""Give each account the key that its address has now: domains in punycode count as decoded."""

from typing import Any

from django.db import migrations

from contexts.shared.kernel import address_key

_AT_ONCE = 2_000


def fold(apps: Any, schema_editor: Any) -> None:
    users = apps.get_model("identity", "User").objects.using(schema_editor.connection.alias)
    keys = users.filter(email_key__contains="@").values_list("pk", "email_key", named=True)
    changed = ((row.pk, row.email_key) for row in keys.iterator(chunk_size=_AT_ONCE))
    for pk, old in [(pk, old) for pk, old in changed if address_key(old) != old]:
        new = address_key(old)
        # Of two accounts on one mailbox, the one with the decoded address keeps it.
        if not users.filter(email_key=new).exists():
            users.filter(pk=pk).update(email_key=new)


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_page_sessions")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
