"""Over the API, roles of the staff count once a sign-in has proven a second factor."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from contexts.identity import api
from contexts.identity.models import Session, User
from contexts.shared.kernel import new_id, now
from tests.factories.identity import PASSWORD, UserFactory
from tests.integration.identity.authenticator import NEW_PASSWORD, Phone, member, wrong
from tests.integration.identity.people import sign_in
from tests.parallel import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def _deployed(settings: Any) -> None:
    settings.DEVELOPMENT = False


def _events(access_token: str) -> Any:
    """Ask for something that is for staff."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token}")
    return client.get(f"/api/v1/events/{new_id()}")


def _signed_in(user: User, *, code: str = "", password: str = NEW_PASSWORD) -> api.SignedIn:
    return sign_in(user, password=password, code=code)


class TestSigningIn:
    def test_with_a_code_has_the_powers_of_the_role(self) -> None:
        phone = Phone()
        body = {"email": phone.user.email, "password": NEW_PASSWORD, "code": phone.code()}

        answer = APIClient().post("/api/v1/auth/sign-in", body)

        assert answer.status_code == 200
        assert _events(answer.json()["access_token"]).status_code == 200

    def test_without_a_code_is_a_session_without_them(self) -> None:
        tokens = _signed_in(Phone().user)

        refused = _events(tokens.access_token)

        assert refused.status_code == 403
        assert refused.json()["code"] == "second_factor_needed"
        assert "Sign in again with a code" in refused.json()["detail"]
        actor = api.authenticate(tokens.access_token)
        assert actor is not None
        assert (actor.roles, actor.withheld) == ({"learner"}, {"admin"})

    def test_with_a_wrong_code_opens_no_session(self) -> None:
        phone = Phone()
        body = {"email": phone.user.email, "password": NEW_PASSWORD, "code": wrong(phone.code())}

        answer = APIClient().post("/api/v1/auth/sign-in", body)

        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_code")
        assert not Session.objects.filter(user=phone.user, ended_at=None).exists()

    def test_with_a_wrong_password_spends_no_code(self) -> None:
        phone = Phone()
        with pytest.raises(api.WrongCredentials):
            _signed_in(phone.user, password="wrong", code=phone.code())

        assert _signed_in(phone.user, code=phone.code())

    def test_spends_the_code_for_pages_too(self) -> None:
        phone = Phone()
        _signed_in(phone.user, code=phone.code())
        client = Client()
        form = {"username": phone.user.email, "password": NEW_PASSWORD}
        client.post("/admin/login/?next=/admin/", form)

        assert client.post("/admin/second-factor/", {"code": phone.code()}).status_code == 422

    def test_takes_a_recovery_code_once(self) -> None:
        phone = Phone()
        _signed_in(phone.user, code=phone.recovery_codes[0])

        with pytest.raises(api.WrongCode):
            _signed_in(phone.user, code=phone.recovery_codes[0])

    def test_of_a_learner_takes_no_code(self) -> None:
        with pytest.raises(api.WrongCode):
            _signed_in(UserFactory(), password=PASSWORD, code="000000")

    def test_over_graphql_takes_a_code(self) -> None:
        phone = Phone()
        query = (
            f'mutation {{ signIn(email: "{phone.user.email}", password: "{NEW_PASSWORD}", '
            f'code: "{phone.code()}") {{ accessToken }} }}'
        )

        body = {"query": query}
        answer = Client().post("/graphql", body, content_type="application/json").json()

        assert _events(answer["data"]["signIn"]["accessToken"]).status_code == 200


class TestRefreshing:
    @pytest.mark.parametrize("proven", [True, False])
    def test_keeps_what_the_sign_in_has_proven(self, proven: bool) -> None:
        phone = Phone()
        tokens = _signed_in(phone.user, code=phone.code() if proven else "")

        fresh = api.refresh(refresh_token=tokens.refresh_token, now=now())

        assert _events(fresh.access_token).status_code == (200 if proven else 403)


class TestWithoutASecondFactor:
    @pytest.mark.usefixtures("_deployed")
    def test_staff_of_a_deployment_have_no_powers(self) -> None:
        tokens = _signed_in(member(), password=PASSWORD)

        assert _events(tokens.access_token).json()["code"] == "second_factor_needed"

    def test_staff_of_a_development_machine_have_theirs(self) -> None:
        tokens = _signed_in(member(), password=PASSWORD)

        assert _events(tokens.access_token).status_code == 200

    @pytest.mark.usefixtures("_deployed")
    def test_learners_and_tutors_miss_nothing(self) -> None:
        tutor = UserFactory(roles=("learner", "tutor"))

        actor = api.authenticate(_signed_in(tutor, password=PASSWORD).access_token)

        assert actor is not None
        assert (actor.roles, actor.withheld) == ({"learner", "tutor"}, frozenset())
        assert _events(_signed_in(tutor, password=PASSWORD).access_token).json()["code"] == (
            "permission_denied"
        )


class TestAReset:
    def test_ends_what_the_factor_has_proven(self) -> None:
        phone = Phone()
        tokens = _signed_in(phone.user, code=phone.code())

        api.reset_second_factor(user_id=phone.user.pk, now=now())

        assert _events(tokens.access_token).status_code == 401
        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=tokens.refresh_token, now=now())


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_a_code_opens_one_session(self) -> None:
        phone = Phone()

        outcomes = at_once(lambda _: _signed_in(phone.user, code=phone.code()), times=4)

        refused = [one for one in outcomes if isinstance(one, api.WrongCode)]
        assert len(refused) == 3
        assert Session.objects.filter(user=phone.user, ended_at=None).count() == 1
