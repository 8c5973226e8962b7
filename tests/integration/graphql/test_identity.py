from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from contexts.community.models import Member
from contexts.identity.adapters import tokens
from contexts.identity.models import Session, User
from contexts.shared.http.throttling import AddressThrottle
from contexts.shared.messaging.models import StoredEvent
from tests.factories.identity import PASSWORD, TERMS, UserFactory
from tests.integration.graphql.asking import ask, data, error

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]
SIGN_IN = """mutation ($email: String!, $password: String!) {
  signIn(email: $email, password: $password) { accessToken refreshToken expiresIn tokenType } }"""
REFRESH = "mutation ($token: String!) { refresh(refreshToken: $token) { refreshToken } }"


def signed_in(user: User) -> dict[str, Any]:
    pair: dict[str, Any] = data(APIClient(), SIGN_IN, email=user.email, password=PASSWORD)["signIn"]
    return pair


class TestSigningIn:
    def test_opens_a_session(self) -> None:
        user = UserFactory()

        pair = signed_in(user)

        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair['accessToken']}")
        assert data(client, "{ me { email roles } }") == {
            "me": {"email": user.email, "roles": ["learner"]}
        }

    def test_refuses_a_wrong_password(self) -> None:
        user = UserFactory()

        refusal = error(APIClient(), SIGN_IN, email=user.email, password="not it at all")

        assert refusal == {"code": "wrong_credentials", "status": 401}
        assert not Session.objects.exists()

    def test_refuses_an_unverified_address(self) -> None:
        user = UserFactory(verified=False)

        refusal = error(APIClient(), SIGN_IN, email=user.email, password=PASSWORD)

        assert refusal == {"code": "address_not_verified", "status": 403}

    def test_is_limited_by_operation_not_by_request(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(AddressThrottle.THROTTLE_RATES, "credentials", "3/hour")
        tries = " ".join(
            f'a{n}: signIn(email: "nobody{n}@example.org", password: "guess") {{ tokenType }}'
            for n in range(5)
        )

        body = ask(APIClient(REMOTE_ADDR="192.0.2.7"), f"mutation {{ {tries} }}")

        codes = [refusal["extensions"]["code"] for refusal in body["errors"]]
        assert codes == ["wrong_credentials"] * 3 + ["throttled"] * 2

    def test_renews_its_tokens(self) -> None:
        pair = signed_in(UserFactory())

        renewed = data(APIClient(), REFRESH, token=pair["refreshToken"])
        again = data(APIClient(), REFRESH, token=pair["refreshToken"])
        refusal = error(APIClient(), REFRESH, token=pair["refreshToken"] + "x")

        assert renewed["refresh"]["refreshToken"] != pair["refreshToken"]
        assert again == renewed
        assert refusal == {"code": "invalid_refresh_token", "status": 401}

    def test_ends_with_signing_out(self, client_for: ClientFor) -> None:
        client = client_for(UserFactory())

        assert data(client, "mutation { signOut }") == {"signOut": True}

        assert client.post("/graphql", {"query": "{ me { id } }"}).status_code == 401

    def test_signs_nobody_out_who_is_not_in(self) -> None:
        assert error(APIClient(), "mutation { signOut }")["code"] == "not_authenticated"


class TestRegistering:
    QUERY = f"""mutation ($email: String!, $password: String!) {{
      register(email: $email, password: $password, agreedTerms: "{TERMS}") }}"""

    def test_makes_an_account(self) -> None:
        found = data(APIClient(), self.QUERY, email="new@example.org", password=PASSWORD)

        assert found == {"register": True}
        assert User.objects.get().email == "new@example.org"

    def test_answers_the_same_for_an_address_that_is_taken(self) -> None:
        user = UserFactory()

        found = data(APIClient(), self.QUERY, email=user.email, password=PASSWORD)

        assert found == {"register": True}
        assert User.objects.count() == 1

    @pytest.mark.parametrize(
        ("email", "password", "code"),
        [
            ("new@example.org", "password12", "weak_password"),
            ("new@example.org", " " * 12, "weak_password"),
            ("new@example.org", "\u3000\u200b\t" * 5, "weak_password"),
            ("new@example.org", "x" * 129, "invalid_request"),
            ("no address", PASSWORD, "invalid_request"),
        ],
    )
    def test_refuses_what_makes_no_account(self, email: str, password: str, code: str) -> None:
        refusal = error(APIClient(), self.QUERY, email=email, password=password)

        assert refusal["code"] == code
        assert not User.objects.exists()


class TestProving:
    def test_verifies_an_address_once(self) -> None:
        user = UserFactory(verified=False, roles=())
        query = "mutation ($token: String!) { verifyAddress(token: $token) }"
        token = tokens.verification_link_token(user)

        found = data(APIClient(), query, token=token)
        refusal = error(APIClient(), query, token=token)

        assert found == {"verifyAddress": True}
        assert refusal == {"code": "invalid_link", "status": 422}
        user.refresh_from_db()
        assert user.verified_at is not None

    def test_sets_a_new_password_and_ends_the_sessions(self) -> None:
        user = UserFactory()
        signed_in(user)
        query = """mutation ($token: String!, $password: String!) {
          resetPassword(token: $token, password: $password) }"""
        token = tokens.reset_link_token(user)

        found = data(APIClient(), query, token=token, password="another good secret")

        assert found == {"resetPassword": True}
        user.refresh_from_db()
        assert user.check_password("another good secret")
        assert not Session.objects.filter(ended_at=None).exists()

    @pytest.mark.parametrize(
        ("field", "published"),
        [
            ("resendVerification", "identity.user_registered.v1"),
            ("requestPasswordReset", "identity.password_reset_requested.v1"),
        ],
    )
    def test_mails_without_telling_who_has_an_account(self, field: str, published: str) -> None:
        user = UserFactory(verified=False)
        query = f"mutation ($email: String!) {{ {field}(email: $email) }}"

        known = data(APIClient(), query, email=user.email)
        unknown = data(APIClient(), query, email="nobody@example.org")

        assert known == unknown == {field: True}
        assert StoredEvent.objects.get().name == published

    @pytest.mark.parametrize("field", ["resendVerification", "requestPasswordReset"])
    def test_mails_no_more_than_over_rest(
        self, field: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(AddressThrottle.THROTTLE_RATES, "mail", "1/hour")
        # One address per test: a cache server keeps its counts between tests.
        client = APIClient(REMOTE_ADDR=f"192.0.2.{len(field)}")
        query = f"mutation ($email: String!) {{ {field}(email: $email) }}"
        data(client, query, email="a@example.org")

        refusal = error(client, query, email="b@example.org")

        assert refusal["code"] == "throttled"


class TestTheProfile:
    def test_is_changed_in_part(self, client_for: ClientFor) -> None:
        user = UserFactory(display_name="Before", country="ES")
        query = 'mutation { changeProfile(displayName: "After") { displayName country } }'

        found = data(client_for(user), query)

        assert found["changeProfile"] == {"displayName": "After", "country": "ES"}

    def test_refuses_an_unknown_time_zone(self, client_for: ClientFor) -> None:
        user = UserFactory()
        query = 'mutation { changeProfile(timeZone: "Moon/Base") { id } }'

        refusal = error(client_for(user), query)

        assert (refusal["code"], refusal["params"]) == (
            "unknown_time_zone",
            {"time_zone": "Moon/Base"},
        )
        user.refresh_from_db()
        assert user.time_zone == "UTC"

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ('country: "ZZ"', "unknown_country"),
            ('displayName: "Ana\\u202e"', "malformed_name"),
            ('displayName: " "', "invalid_request"),
        ],
    )
    def test_refuses_what_no_profile_may_say(
        self, change: str, code: str, client_for: ClientFor
    ) -> None:
        user = UserFactory(display_name="Ana", country="ES")

        refusal = error(client_for(user), f"mutation {{ changeProfile({change}) {{ id }} }}")

        assert refusal["code"] == code
        user.refresh_from_db()
        assert (user.display_name, user.country) == ("Ana", "ES")

    def test_takes_languages(self, client_for: ClientFor) -> None:
        query = """mutation { setLanguages(
          native: ["en"], studied: [{language: "es", level: A1}]
        ) { nativeLanguages studiedLanguages { language level } } }"""

        found = data(client_for(UserFactory()), query)["setLanguages"]

        assert found == {
            "nativeLanguages": ["en"],
            "studiedLanguages": [{"language": "es", "level": "A1"}],
        }

    @pytest.mark.parametrize(
        "query",
        [
            "{ me { id } }",
            "{ membership { id } }",
            'mutation { changeProfile(displayName: "Mallory") { id } }',
            "mutation { setLanguages(native: [], studied: []) { id } }",
        ],
    )
    def test_is_nobody_elses(self, query: str) -> None:
        assert error(APIClient(), query) == {"code": "not_authenticated", "status": 401}

    def test_shows_what_community_knows(self, client_for: ClientFor) -> None:
        user = UserFactory()
        client = client_for(user)
        query = "{ membership { displayName lessonsCompleted lastLearnedAt } }"
        before = error(client, query)
        Member.objects.create(id=user.pk, display_name="Ana", lessons_completed=2)

        found = data(client, query)

        assert before == {"code": "member_unknown", "status": 404}
        assert found["membership"] == {
            "displayName": "Ana",
            "lessonsCompleted": 2,
            "lastLearnedAt": None,
        }
