"""Operations on registering, sessions, passwords and addresses."""

from tests.factories.identity import NEW_ADDRESS, PASSWORD, TERMS, UserFactory
from tests.operations.ids import DEVICE, UNKNOWN
from tests.operations.record import Operation
from tests.operations.roles import EVERYBODY, LEARNER, SIGNED_IN
from tests.operations.staging.identity import (
    sign_in_elsewhere,
)
from tests.operations.ways import about, after, body
from tests.operations.world import World


def _take_address(world: World) -> None:
    UserFactory(email=NEW_ADDRESS)


register = Operation(
    rest="POST /auth/register",
    graphql="register",
    sample={
        "email": "new@example.org",
        "password": PASSWORD,
        "interface_language": "en",
        "agreed_terms": TERMS,
        "consents": ["research_use"],
    },
    status=202,
    allowed=EVERYBODY,
    statements=8,
    refusals={
        "422 weak_password": body(password="password12"),
        "422 terms_not_agreed": body(agreed_terms=""),
        "422 terms_not_current": body(agreed_terms="2020-01-01"),
    },
)
verify_address = Operation(
    rest="POST /auth/verification",
    graphql="verifyAddress",
    sample={"token": "<verification>"},
    status=204,
    allowed=EVERYBODY,
    moves=frozenset({"identity.User"}),
    statements=11,
    refusals={
        "422 invalid_link": body(token="none"),
        "422 weak_password": body(password="password12"),
    },
)
resend_verification = Operation(
    rest="POST /auth/verification/mail",
    graphql="resendVerification",
    sample={"email": "newcomer@example.org"},
    status=202,
    allowed=EVERYBODY,
    statements=3,
)
sign_in = Operation(
    rest="POST /auth/sign-in",
    graphql="signIn",
    sample={"email": "learner@example.org", "password": PASSWORD},
    allowed=EVERYBODY,
    statements=5,
    refusals={
        "401 wrong_credentials": body(password="wrong password"),
        "401 wrong_code": body(code="000000"),
        "403 address_not_verified": body(email="newcomer@example.org"),
    },
)
refresh_session = Operation(
    rest="POST /auth/refresh",
    graphql="refresh",
    sample={"refresh_token": "<refresh>"},
    allowed=EVERYBODY,
    moves=frozenset({"identity.Session"}),
    statements=4,
    refusals={"401 invalid_refresh_token": body(refresh_token="none")},
)
sign_out = Operation(
    rest="POST /auth/sign-out", graphql="signOut", status=204, allowed=SIGNED_IN, statements=1
)
reset_password = Operation(
    rest="POST /auth/password-reset",
    graphql="resetPassword",
    sample={"token": "<reset>", "password": PASSWORD},
    status=204,
    allowed=EVERYBODY,
    moves=frozenset({"identity.User", "identity.Session"}),
    statements=3,
    refusals={"422 invalid_link": body(token="none")},
)
request_password_reset = Operation(
    rest="POST /auth/password-reset/mail",
    graphql="requestPasswordReset",
    sample={"email": "learner@example.org"},
    status=202,
    allowed=EVERYBODY,
    statements=3,
)
list_sessions = Operation(
    rest="GET /me/sessions", graphql="sessions", allowed=SIGNED_IN, statements=1
)
end_other_sessions = Operation(
    rest="DELETE /me/sessions",
    graphql="endOtherSessions",
    status=204,
    allowed=SIGNED_IN,
    statements=1,
)
end_session = Operation(
    rest="DELETE /me/sessions/{session}",
    graphql="endSession",
    sample={"session": DEVICE},
    stage=sign_in_elsewhere,
    status=204,
    allowed=LEARNER,
    others="404 session_not_found",
    statements=1,
    refusals={"404 session_not_found": about(session=UNKNOWN)},
)
change_password = Operation(
    rest="PUT /me/password",
    graphql="changePassword",
    sample={"password": PASSWORD, "new_password": "another good secret"},
    status=204,
    allowed=SIGNED_IN,
    statements=7,
    refusals={
        "403 wrong_password": body(password="not my password"),
        "422 weak_password": body(new_password="password12"),
    },
)
request_address_change = Operation(
    rest="PUT /me/address",
    graphql="requestAddressChange",
    sample={"email": "another@example.org", "password": PASSWORD},
    status=202,
    allowed=SIGNED_IN,
    statements=6,
    refusals={"403 wrong_password": body(password="not my password")},
)
confirm_address = Operation(
    rest="POST /auth/address",
    graphql="confirmAddress",
    sample={"token": "<address>"},
    status=204,
    allowed=EVERYBODY,
    moves=frozenset({"identity.User", "identity.AddressChange", "identity.Session"}),
    statements=10,
    refusals={"422 invalid_link": body(token="none"), "409 address_taken": after(_take_address)},
)
