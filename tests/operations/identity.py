"""Operations on accounts, sessions, profiles, follows, blocks and erasure."""

from tests.factories.identity import NEW_ADDRESS, PASSWORD, TERMS, UserFactory, start_erasure
from tests.operations.ids import DEVICE, LEARNER_ID, SOMEBODY, UNKNOWN
from tests.operations.record import Operation
from tests.operations.roles import BLOCKER, EVERYBODY, LEARNER, NOT_APART, SIGNED_IN
from tests.operations.staging.identity import (
    agree_to_nothing,
    ask_for_erasure,
    ask_for_export,
    block_somebody,
    follow_somebody,
    sign_in_elsewhere,
)
from tests.operations.ways import about, after, body
from tests.operations.world import World


def _take_address(world: World) -> None:
    UserFactory(email=NEW_ADDRESS)


def _start_erasure(world: World) -> None:
    ask_for_erasure(world)
    start_erasure(world.learner)


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
get_export = Operation(
    rest="GET /me/export",
    graphql="dataExport",
    stage=ask_for_export,
    allowed=LEARNER,
    others="404 no_export",
    graphql_allowed=SIGNED_IN,
    statements=1,
)
request_export = Operation(
    rest="POST /me/export", graphql="requestExport", status=202, allowed=SIGNED_IN, statements=7
)
get_profile = Operation(rest="GET /me", graphql="me", allowed=SIGNED_IN, statements=2)
change_profile = Operation(
    rest="PATCH /me",
    graphql="changeProfile",
    sample={
        "display_name": "Ana",
        "country": "ES",
        "time_zone": "Europe/Madrid",
        "interface_language": "es",
    },
    allowed=SIGNED_IN,
    statements=5,
    refusals={"422 unknown_time_zone": body(time_zone="Moon/Base")},
)
set_languages = Operation(
    rest="PUT /me/languages",
    graphql="setLanguages",
    sample={"native": ["en"], "studied": [{"language": "es", "level": "A1"}]},
    allowed=SIGNED_IN,
    statements=7,
    refusals={"422 unknown_language": body(native=["nonsense"])},
)
get_legal = Operation(rest="GET /legal", graphql="legal", allowed=EVERYBODY, statements=0)
get_legal_text = Operation(
    rest="GET /legal/{kind}/{version}",
    graphql="legalText",
    sample={"kind": "terms", "version": TERMS},
    allowed=EVERYBODY,
    statements=0,
    refusals={"404 unknown_version": about(version="2020-01-01")},
)
list_agreements = Operation(
    rest="GET /me/agreements", graphql="agreements", allowed=SIGNED_IN, statements=1
)
agree = Operation(
    rest="POST /me/agreements",
    graphql="agree",
    sample={"version": TERMS, "language": "en"},
    stage=agree_to_nothing,
    status=204,
    allowed=SIGNED_IN,
    moves=frozenset({"identity.Agreement"}),
    statements=3,
    refusals={"422 terms_not_current": body(version="2020-01-01")},
)
get_consents = Operation(
    rest="GET /me/consents", graphql="consents", allowed=SIGNED_IN, statements=1
)
set_consents = Operation(
    rest="PUT /me/consents",
    graphql="setConsents",
    sample={"consents": [{"purpose": "product_mail", "granted": True}]},
    allowed=SIGNED_IN,
    statements=5,
    refusals={
        "422 purpose_named_twice": body(
            consents=[{"purpose": "product_mail", "granted": yes} for yes in (True, False)]
        )
    },
)
list_following = Operation(
    rest="GET /me/following", graphql="following", allowed=SIGNED_IN, statements=1
)
list_blocks = Operation(
    rest="GET /me/blocks",
    graphql="blocks",
    allowed=SIGNED_IN,
    tells=BLOCKER,
    statements=1,
)
get_erasure = Operation(
    rest="GET /me/erasure",
    graphql="erasure",
    stage=ask_for_erasure,
    allowed=LEARNER,
    others="404 no_erasure",
    graphql_allowed=SIGNED_IN,
    statements=1,
)
request_erasure = Operation(
    rest="POST /me/erasure", graphql="requestErasure", status=202, allowed=SIGNED_IN, statements=5
)
withdraw_erasure = Operation(
    rest="DELETE /me/erasure",
    graphql="withdrawErasure",
    stage=ask_for_erasure,
    status=204,
    allowed=LEARNER,
    others="404 no_erasure",
    statements=3,
    refusals={"409 erasure_under_way": after(_start_erasure)},
)
get_person = Operation(
    rest="GET /people/{person}",
    graphql="person(id: $person)",
    sample={"person": SOMEBODY},
    allowed=NOT_APART,
    others="404 not_found",
    statements=1,
)
follow = Operation(
    rest="PUT /people/{person}/follow",
    graphql="follow",
    sample={"person": SOMEBODY},
    status=204,
    allowed=NOT_APART,
    others="404 unknown_person",
    statements=5,
    refusals={"422 not_yourself": about(person=LEARNER_ID)},
)
unfollow = Operation(
    rest="DELETE /people/{person}/follow",
    graphql="unfollow",
    sample={"person": SOMEBODY},
    stage=follow_somebody,
    status=204,
    allowed=SIGNED_IN,
    statements=2,
    refusals={"404 not_found": about(person="nothing")},
)
block = Operation(
    rest="PUT /people/{person}/block",
    graphql="block",
    sample={"person": SOMEBODY},
    status=204,
    allowed=SIGNED_IN,
    statements=7,
    refusals={
        "422 not_yourself": about(person=LEARNER_ID),
        "404 unknown_person": about(person=UNKNOWN),
    },
)
unblock = Operation(
    rest="DELETE /people/{person}/block",
    graphql="unblock",
    sample={"person": SOMEBODY},
    stage=block_somebody,
    status=204,
    allowed=SIGNED_IN,
    statements=3,
    refusals={"404 not_found": about(person="nothing")},
)
