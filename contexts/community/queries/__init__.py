"""The read side: what our own endpoints show, as frozen DTOs."""

from contexts.community.queries.corrections import (
    CorrectedSentence,
    EditShown,
    GivenCorrection,
    ReplyShown,
)
from contexts.community.queries.notices import (
    NotificationFilter,
    NotificationShown,
    last_numbers,
    notifications,
    notifications_after,
    notifications_of,
    unread_count,
)
from contexts.community.queries.people import (
    Membership,
    MemberUnknown,
    Person,
    is_member,
    membership,
)
from contexts.community.queries.standing import (
    LanguageReputation,
    PointsLine,
    Reputation,
    points_line,
    points_of,
    reputation_of,
)
from contexts.community.queries.texts import (
    FeedFilter,
    Sentence,
    TextDetail,
    TextFilter,
    TextSummary,
    details,
    feed,
    feed_summaries,
    leased_until,
    own_summary,
    seen_summary,
    shown_details,
    text,
    text_summaries,
    texts_of,
)
