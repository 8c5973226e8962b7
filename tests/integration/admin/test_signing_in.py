"""Staff sign in to an admin that says its name, with or without a page to go to."""

import pytest
from django.test import Client

from contexts.identity import api as identity
from contexts.shared.kernel import now
from tests.factories.identity import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


class TestTheSignInPage:
    def test_leads_to_the_admin_without_a_next_page(self) -> None:
        staff = UserFactory(roles=())
        identity.grant_role(user_id=staff.pk, role="admin", now=now())
        client = Client()

        response = client.post(
            "/admin/login/", {"username": staff.email, "password": PASSWORD}, follow=True
        )

        assert response.status_code == 200
        assert response.request["PATH_INFO"].startswith("/admin/")

    def test_names_the_project(self) -> None:
        page = Client().get("/admin/login/").content.decode()

        assert "Busuu Open" in page
        assert "None" not in page.partition("</title>")[0]


class TestTheStartPage:
    def test_leads_to_the_tutors_pages(self) -> None:
        assert 'href="/tutoring/"' in Client().get("/").content.decode()
