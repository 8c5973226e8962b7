"""Operations on profiles, follows, blocks, exports and erasure."""

from tests.factories.identity import start_erasure
from tests.operations.ids import LEARNER_ID, SOMEBODY, UNKNOWN
from tests.operations.record import Operation
from tests.operations.roles import BLOCKER, LEARNER, NOT_APART, SIGNED_IN
from tests.operations.staging.identity import (
    ask_for_erasure,
    ask_for_export,
    block_somebody,
    follow_somebody,
)
from tests.operations.ways import about, after, body
from tests.operations.world import World


def _start_erasure(world: World) -> None:
    ask_for_erasure(world)
    start_erasure(world.learner)


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
