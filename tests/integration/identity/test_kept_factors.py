"""Second factors at rest: sealed, erased, told of in the export, kept by sessions."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections

from contexts.identity import api
from contexts.identity.models import Session, StaffEnrollment, User
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import now
from tests.factories.identity import UserFactory
from tests.integration.identity.authenticator import (
    NEW_PASSWORD,
    Phone,
    link_for,
)
from tests.integration.identity.people import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def _accepts(phone: Phone, code: str) -> bool:
    try:
        sign_in(phone.user, password=NEW_PASSWORD, code=code)
    except api.WrongCode:
        return False
    return True


class TestSecrets:
    def test_lie_in_no_table(self) -> None:
        phone = Phone()

        alias = alias_of("identity")
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT data FROM mfa_authenticator")
            stored = str(cursor.fetchall())
        assert phone.secret not in stored
        assert not [code for code in phone.recovery_codes if code in stored]

    def test_outlive_a_new_key_that_names_the_old_one(self, settings: Any) -> None:
        phone = Phone()
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "a new key of the deployment " + "y" * 40

        resealed = api.reseal_second_factors()

        settings.SECRET_KEY_FALLBACKS = []
        assert resealed == (2, 0)
        assert _accepts(phone, phone.code())
        assert _accepts(phone, phone.recovery_codes[3])

    def test_under_a_lost_key_accept_nothing(self, settings: Any) -> None:
        phone = Phone()
        settings.SECRET_KEY = "a new key of the deployment " + "y" * 40

        assert not _accepts(phone, phone.code())


class TestErasure:
    def test_takes_the_factor_and_the_links(self) -> None:
        phone = Phone()
        link_for(phone.user)

        api.erase_person(person_id=phone.user.pk, now=now())

        assert not Authenticator.objects.filter(user_id=phone.user.pk).exists()
        assert not StaffEnrollment.objects.filter(user_id=phone.user.pk).exists()


class TestAnExport:
    def test_says_that_there_is_a_factor_and_no_secret(self) -> None:
        phone = Phone()

        part = api.export_person(person_id=phone.user.pk)

        assert part["second_factor"]["recovery_codes_left"] == 10
        assert phone.secret not in str(part)
        assert api.export_person(person_id=UserFactory().pk)["second_factor"] is None


class TestSessions:
    def test_of_before_are_over(self) -> None:
        phone = Phone()

        assert not Session.objects.filter(user=phone.user, ended_at=None).exists()
        assert User.objects.get(pk=phone.user.pk).access_version > phone.user.access_version
