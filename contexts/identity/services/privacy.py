"""Identity's part in personal-data export and erasure."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.db.models import Q

from contexts.identity.adapters import second_factors
from contexts.identity.models import (
    AddressChange,
    Agreement,
    Block,
    Consent,
    DataExport,
    Follow,
    Session,
    SpokenLanguage,
    StaffEnrollment,
    User,
)
from contexts.identity.queries.second_factors import second_factor
from contexts.identity.services.accounts import end_account
from contexts.identity.services.agreements import keep_as_proof
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.mailing import upkeep as mail
from contexts.shared.privacy.exporting import exported

atomic = for_context("identity")


def export_person(*, person_id: UUID) -> dict[str, Any]:
    """Return the account, its languages and sessions; empty for an unknown id."""
    user = User.objects.filter(pk=person_id).first()
    if user is None:
        return {}
    languages = SpokenLanguage.objects.filter(user=user).order_by("language")
    sessions = Session.objects.filter(user=user).order_by("created_at")
    following = Follow.objects.filter(follower=user).order_by("created_at")
    blocks = Block.objects.filter(blocker=user).order_by("created_at")
    return {
        "email": user.email,
        "display_name": user.display_name,
        "country": user.country,
        "time_zone": user.time_zone,
        "interface_language": user.interface_language,
        "created_at": user.created_at.isoformat(),
        "roles": sorted(user.groups.values_list("name", flat=True)),
        "languages": list(languages.values("language", "relation", "level")),
        "sessions": [
            {"created_at": one.created_at.isoformat(), "user_agent": one.user_agent}
            for one in sessions
        ],
        "second_factor": _factor(person_id),
        "following": [str(one) for one in following.values_list("followed_id", flat=True)],
        "blocks": [str(one) for one in blocks.values_list("blocked_id", flat=True)],
        **_said(user),
    }


def _factor(person_id: UUID) -> dict[str, Any] | None:
    factor = second_factor(person_id)
    if factor is None:
        return None
    return {
        "enrolled_at": factor.enrolled_at.isoformat(),
        "recovery_codes_left": factor.recovery_codes_left,
    }


def _said(user: User) -> dict[str, Any]:
    where = ("at", "face", "version", "language")
    agreements = Agreement.objects.filter(user=user).order_by("at")
    consents = Consent.objects.filter(user=user).order_by("at", "number")
    return exported(
        {
            "agreements": agreements.values("kind", *where, "digest"),
            "consents": consents.values("purpose", "granted", *where),
        }
    )


@atomic
def erase_person(*, person_id: UUID, now: datetime) -> None:
    """Erase all but the id, which the history of others refers to."""
    end_account(user_id=person_id, now=now)
    user = User.objects.filter(pk=person_id).first()
    if user is None:
        return
    user.groups.clear()
    SpokenLanguage.objects.filter(user=user).delete()
    Session.objects.filter(user=user).delete()
    AddressChange.objects.filter(user=user).delete()
    DataExport.objects.filter(user=user).delete()
    StaffEnrollment.objects.filter(user=user).delete()
    StaffEnrollment.objects.filter(requested_by=person_id).update(requested_by=None)
    second_factors.remove(person_id)
    keep_as_proof(person_id, now=now)
    mail.erase(context="identity", person_id=person_id)
    Follow.objects.filter(Q(follower=user) | Q(followed=user)).delete()
    Block.objects.filter(Q(blocker=user) | Q(blocked=user)).delete()
    LogEntry.objects.filter(object_id=str(person_id)).update(
        object_repr=str(person_id), change_message=""
    )
    nowhere = f"{person_id}@erased.invalid"
    User.objects.filter(pk=person_id).update(
        email=nowhere,
        email_key=nowhere,
        password=make_password(None),
        display_name="",
        country="",
        time_zone="UTC",
        interface_language="en",
        verified_at=None,
        last_login=None,
        is_staff=False,
        is_superuser=False,
        erased_at=now,
    )
