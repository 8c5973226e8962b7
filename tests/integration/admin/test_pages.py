"""The admin's lists and the forms of people; tests/integration/roles asks for each role."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from contexts.identity import api as identity
from contexts.identity.models import User
from contexts.shared.kernel import now
from tests.factories.identity import UserFactory

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def _staff(role: str) -> Client:
    user = UserFactory()
    identity.grant_role(user_id=user.pk, role=role, now=now())
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def _changelist(model: type) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


# Parts that are shown inside another page, and rows that only machines read.
UNSEEN = {
    "billing.CheckoutEvidence",
    "billing.CreditGrant",
    "billing.EntitlementSource",
    "billing.HeldPart",
    "billing.InvoiceBuyer",
    "billing.InvoiceCounter",
    "billing.InvoiceEvidence",
    "billing.Price",
    "billing.Quote",
    "billing.VoucherUse",
    "community.MemberLanguage",
    "community.StreamTicket",
    "courses.Showing",
    "database.IdempotencyKey",
    "messaging.Lease",
    "tutoring.TutorLanguage",
}


class TestTheAdmin:
    def test_knows_every_table_of_ours(self) -> None:
        ours = {m for m in apps.get_models() if m.__module__.startswith("contexts.")}

        assert {model._meta.label for model in ours - set(MODELS)} == UNSEEN


class TestLists:
    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
    def test_can_be_searched_by_the_admin_role(self, model: type) -> None:
        response = _staff("admin").get(_changelist(model), {"q": "x"})

        assert response.status_code == 200

    @pytest.mark.parametrize("role", ["learner", "tutor"])
    def test_are_closed_to_people_outside_the_staff(self, role: str) -> None:
        response = _staff(role).get(_changelist(User))

        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


class TestPeople:
    def test_get_roles_through_the_door(self) -> None:
        user = UserFactory()
        url = reverse("admin:identity_user_change", args=[user.pk])
        inlines = {
            f"{prefix}-{part}": "0"
            for prefix in ("languages", "sessions", "agreements", "consents")
            for part in ("TOTAL_FORMS", "INITIAL_FORMS")
        }
        form = {
            "display_name": "Ada",
            "country": "GB",
            "time_zone": "Europe/London",
            "interface_language": "en",
            "roles": ["learner", "moderator"],
        }

        response = _staff("admin").post(url, {**form, **inlines})

        assert response.status_code == 302, response.content
        user.refresh_from_db()
        assert set(user.groups.values_list("name", flat=True)) == {"learner", "moderator"}
        assert user.is_staff
        assert user.display_name == "Ada"

    def test_keep_their_state_when_the_zone_is_unknown(self) -> None:
        user = UserFactory()
        url = reverse("admin:identity_user_change", args=[user.pk])

        response = _staff("admin").post(url, {"time_zone": "Mars/Base", "roles": ["admin"]})

        assert response.status_code == 200
        user.refresh_from_db()
        assert not user.is_staff

    @pytest.mark.parametrize(
        "change", [{"country": "ZZ"}, {"display_name": "Ada\u202e"}], ids=["country", "name"]
    )
    def test_keep_their_state_when_a_field_cannot_be(self, change: dict[str, str]) -> None:
        user = UserFactory(display_name="Ada")
        url = reverse("admin:identity_user_change", args=[user.pk])
        form = {"display_name": "Ada", "country": "", "time_zone": "UTC", "roles": ["admin"]}

        response = _staff("admin").post(url, {**form, **change})

        assert response.status_code == 200
        user.refresh_from_db()
        assert (user.display_name, user.country, user.is_staff) == ("Ada", "", False)

    def test_cannot_be_changed_by_support(self) -> None:
        user = UserFactory()
        url = reverse("admin:identity_user_change", args=[user.pk])

        response = _staff("support").post(url, {"roles": ["admin"]})

        assert response.status_code == 403
        user.refresh_from_db()
        assert not user.is_superuser
