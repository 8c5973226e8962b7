"""What may not pass for an access token."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
import time_machine

from contexts.identity import api
from contexts.identity.models import User
from contexts.shared.kernel import new_id, now
from tests.factories.identity import SessionFactory, UserFactory
from tests.integration.identity.people import holds, sign_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning"),
]

KEY = "jwt-only-for-tests-" + "x" * 40
KID = hashlib.sha256(KEY.encode()).hexdigest()[:16]


def _claims(**changes: Any) -> dict[str, Any]:
    session = SessionFactory()
    claims = {
        "sub": str(session.user_id),
        "sid": str(session.pk),
        "ver": 0,
        "roles": ["learner"],
        "iat": now(),
        "exp": now() + timedelta(minutes=15),
        "iss": "busuu-open",
        "aud": "busuu-open-api",
    }
    changed = {**claims, **changes}
    return {name: value for name, value in changed.items() if value is not ...}


def _token(*, key: Any = KEY, algorithm: str = "HS256", kid: Any = KID, **changes: Any) -> str:
    header = {} if kid is ... else {"kid": kid}
    return jwt.encode(_claims(**changes), key, algorithm=algorithm, headers=header)


def _json(part: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def _by_hand(algorithm: str, *, key: str | None, signature: str = "") -> str:
    """A token as no library would make it."""
    claims = {
        name: value.timestamp() if isinstance(value, datetime) else value
        for name, value in _claims().items()
    }
    told = f"{_json({'alg': algorithm, 'typ': 'JWT', 'kid': KID})}.{_json(claims)}"
    if key is not None:
        digest = hmac.new(key.encode(), told.encode(), hashlib.sha256).digest()
        signature = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return f"{told}.{signature}"


def _unsigned(algorithm: str, signature: str = "") -> str:
    return _by_hand(algorithm, key=None, signature=signature)


PUBLIC_KEY = (
    "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAK\n-----END PUBLIC KEY-----"
)


FORGERIES: dict[str, Callable[[], str]] = {
    "no algorithm": lambda: _unsigned("none"),
    "no algorithm, in capitals": lambda: _unsigned("NONE"),
    "no algorithm, with a signature": lambda: _unsigned("None", signature="AAAA"),
    "an empty signature": lambda: _unsigned("HS256"),
    "another key": lambda: _token(key="y" * 60),
    "an empty key": lambda: _token(key="\0" * 60),
    "a stronger hash": lambda: _token(algorithm="HS512"),
    "RS256 over our secret": lambda: _by_hand("RS256", key=KEY),
    "HS256 in another spelling": lambda: _by_hand("hs256", key=KEY),
    "a public key as the secret": lambda: _by_hand("HS256", key=PUBLIC_KEY),
    "another audience": lambda: _token(aud="somebody-else"),
    "no audience": lambda: _token(aud=...),
    "another issuer": lambda: _token(iss="https://evil.example"),
    "no issuer": lambda: _token(iss=...),
    "no expiry": lambda: _token(exp=...),
    "an expiry in the past": lambda: _token(exp=now() - timedelta(seconds=1)),
    "an expiry that is text": lambda: _token(exp="tomorrow"),
    "no subject": lambda: _token(sub=...),
    "no session": lambda: _token(sid=...),
    "no version": lambda: _token(ver=...),
    "no roles": lambda: _token(roles=...),
    "roles that are a number": lambda: _token(roles=7),
    "a subject that is no id": lambda: _token(sub="admin"),
    "another subject": lambda: _token(sub=str(UserFactory().pk)),
    "a subject who is nobody": lambda: _token(sub=str(new_id())),
    "a session that does not exist": lambda: _token(sid=str(new_id())),
    "an older version": lambda: _token(ver=-1),
    "a later version": lambda: _token(ver=1),
    "no key id": lambda: _token(kid=...),
    "an unknown key id": lambda: _token(kid="0" * 16),
    "a key id that is a path": lambda: _token(kid="../../../../dev/null", key="\0" * 60),
    "a key id that is SQL": lambda: _token(kid="' UNION SELECT 'x"),
    "nothing": lambda: "",
    "dots": lambda: "..",
    "garbage": lambda: "not.a.token",
    "a lone surrogate": lambda: "\ud800",
    "a list for a header": lambda: f"{_json([])}.{_json({})}.AAAA",
    "a number for claims": lambda: f"{_json({'alg': 'HS256', 'kid': KID})}.{_json(1)}.AAAA",
    "a key id that is a list": lambda: f"{_json({'alg': 'HS256', 'kid': []})}.{_json({})}.AAAA",
}


class TestAnAccessToken:
    def test_of_ours_holds(self) -> None:
        assert holds(_token())
        assert holds(_by_hand("HS256", key=KEY))

    @pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
    def test_of_others_does_not_hold(self, forgery: Callable[[], str]) -> None:
        assert api.authenticate(forgery()) is None

    def test_that_was_changed_does_not_hold(self) -> None:
        head, body, signature = _token().split(".")
        claims = json.loads(base64.urlsafe_b64decode(body + "=="))

        promoted = _json({**claims, "roles": ["admin"]})

        assert not holds(f"{head}.{promoted}.{signature}")

    def test_holds_for_a_quarter_of_an_hour(self) -> None:
        pair = sign_in(UserFactory())
        at = now()

        with time_machine.travel(at + timedelta(minutes=14)):
            before = holds(pair.access_token)
        with time_machine.travel(at + timedelta(minutes=16)):
            after = holds(pair.access_token)

        assert (before, after) == (True, False)

    def test_survives_a_rotation_of_keys_until_the_old_one_goes(self, settings: Any) -> None:
        old = sign_in(UserFactory()).access_token

        settings.JWT_KEYS = ["a-new-key-" + "n" * 40, KEY]
        new = sign_in(UserFactory()).access_token
        during = [holds(old), holds(new)]
        settings.JWT_KEYS = ["a-new-key-" + "n" * 40]
        after = [holds(old), holds(new)]

        assert during == [True, True]
        assert after == [False, True]

    def test_costs_one_query(self, django_assert_num_queries: Any) -> None:
        token = sign_in(UserFactory()).access_token

        with django_assert_num_queries(1):
            api.authenticate(token)

    def test_that_is_forged_costs_none(self, django_assert_num_queries: Any) -> None:
        token = _token(key="y" * 60)

        with django_assert_num_queries(0):
            api.authenticate(token)


class TestChangingARole:
    def test_invalidates_tokens_at_once(self) -> None:
        user = UserFactory()
        before = sign_in(user)

        api.grant_role(user_id=user.pk, role="moderator", now=now())

        assert not holds(before.access_token)
        actor = api.authenticate(sign_in(user).access_token)
        assert actor is not None
        assert actor.roles == {"learner", "moderator"}

    def test_opens_and_closes_the_admin(self) -> None:
        user = UserFactory()

        api.grant_role(user_id=user.pk, role="support", now=now())
        granted = User.objects.get(pk=user.pk)
        api.revoke_role(user_id=user.pk, role="support", now=now())
        revoked = User.objects.get(pk=user.pk)

        assert (granted.is_staff, granted.is_superuser) == (True, False)
        assert (revoked.is_staff, revoked.is_superuser) == (False, False)

    def test_keeps_the_admin_open_while_another_role_does(self) -> None:
        user = UserFactory()
        for role in ("support", "admin"):
            api.grant_role(user_id=user.pk, role=role, now=now())

        api.revoke_role(user_id=user.pk, role="admin", now=now())

        user.refresh_from_db()
        assert (user.is_staff, user.is_superuser) == (True, False)

    def test_that_is_held_already_changes_nothing(self) -> None:
        user = UserFactory()
        pair = sign_in(user)

        api.grant_role(user_id=user.pk, role="learner", now=now())
        api.revoke_role(user_id=user.pk, role="tutor", now=now())

        assert holds(pair.access_token)

    def test_to_an_unknown_one_is_refused(self) -> None:
        user = UserFactory()

        with pytest.raises(api.UnknownRole):
            api.grant_role(user_id=user.pk, role="root", now=now())
        with pytest.raises(api.UnknownPerson):
            api.grant_role(user_id=new_id(), role="tutor", now=now())

        assert set(user.groups.values_list("name", flat=True)) == {"learner"}
