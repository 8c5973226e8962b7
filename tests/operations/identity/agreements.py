"""Operations on legal texts, agreements and consents."""

from tests.factories.identity import TERMS
from tests.operations.record import Operation
from tests.operations.roles import EVERYBODY, SIGNED_IN
from tests.operations.staging.identity import (
    agree_to_nothing,
)
from tests.operations.ways import about, body

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
