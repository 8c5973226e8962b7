"""Who paused a tutor. For tutors who are paused already, the audit log may tell."""

from django.db import connections, migrations

from contexts.shared.audit.models import AuditEntry
from contexts.shared.database.placement.aliases import alias_of

_ACTS = ("admin.tutoring.tutor.pause", "admin.tutoring.tutor.resume")


def note_who_paused(apps, schema_editor):
    """Write `staff` where the last act of the staff was a pause, and `tutor` elsewhere."""
    here = schema_editor.connection.alias
    paused = apps.get_model("tutoring", "Tutor").objects.using(here).filter(state="paused")
    by_staff = _paused_by_staff(list(paused.values_list("pk", flat=True)))
    paused.filter(pk__in=by_staff).update(paused_by="staff")
    paused.filter(paused_by="").update(paused_by="tutor")


def _paused_by_staff(tutor_ids):
    # The log may be on another database, and is younger than this table.
    using = alias_of("identity")
    table = AuditEntry._meta.db_table
    if not tutor_ids or table not in connections[using].introspection.table_names():
        return []
    subjects = {f"tutoring.tutor:{tutor_id}": tutor_id for tutor_id in tutor_ids}
    entries = AuditEntry.objects.using(using).filter(
        action__in=_ACTS, outcome="done", subject__in=subjects
    )
    latest = dict(entries.order_by("at", "pk").values_list("subject", "action"))
    return [subjects[subject] for subject, action in latest.items() if action == _ACTS[0]]


class Migration(migrations.Migration):
    dependencies = [("tutoring", "0007_pauses")]

    operations = [migrations.RunPython(note_who_paused, migrations.RunPython.noop)]
