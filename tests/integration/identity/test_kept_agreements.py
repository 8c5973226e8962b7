"""Agreements as rows: final, in the export, and kept after an erasure."""

from datetime import timedelta

import pytest

from contexts.identity import api
from contexts.identity.models import Agreement, Consent
from contexts.shared.kernel import now
from tests.factories.identity import UserFactory
from tests.integration.identity.mounting import TERMS
from tests.integration.identity.people import Deliver

pytestmark = pytest.mark.django_db


FIVE_YEARS = timedelta(days=5 * 365 + 1)


class TestARow:
    def test_is_final(self) -> None:
        UserFactory()
        row = Agreement.objects.get()

        with pytest.raises(TypeError):
            row.save()


class TestErasing:
    def test_keeps_the_proof_for_five_years_by_the_id_alone(self, deliver: Deliver) -> None:
        user = UserFactory()
        api.set_consents(
            user_id=user.pk, granted={"research_use": True}, face="rest", language="en", now=now()
        )
        at = now()

        api.erase_person(person_id=user.pk, now=at)
        api.purge_agreements(now=at + FIVE_YEARS - timedelta(seconds=1))
        kept = [model.objects.get().keep_until for model in (Agreement, Consent)]
        api.purge_agreements(now=at + FIVE_YEARS)

        assert kept == [at + FIVE_YEARS] * 2
        assert not Agreement.objects.exists()
        assert not Consent.objects.exists()

    def test_twice_keeps_the_first_end(self) -> None:
        user = UserFactory()
        at = now()
        api.erase_person(person_id=user.pk, now=at)

        api.erase_person(person_id=user.pk, now=at + timedelta(days=365))

        assert Agreement.objects.get().keep_until == at + FIVE_YEARS


class TestTheExport:
    def test_has_what_a_person_agreed_to_and_allowed(self) -> None:
        user = UserFactory()
        for answer in (True, False):
            api.set_consents(
                user_id=user.pk,
                granted={"product_mail": answer},
                face="page",
                language="es",
                now=now(),
            )

        found = api.export_person(person_id=user.pk)

        assert [(one["kind"], one["version"]) for one in found["agreements"]] == [("terms", TERMS)]
        assert [(one["purpose"], one["granted"]) for one in found["consents"]] == [
            ("product_mail", True),
            ("product_mail", False),
        ]
