"""The read side of community: frozen DTOs and querysets."""

from contexts.community.queries.corrections import (
    CorrectedSentence,
    Correction,
    Reply,
    TextEdit,
)
from contexts.community.queries.members import (
    Member,
    Membership,
    MemberUnknown,
    is_member,
    membership,
)
from contexts.community.queries.notifications import (
    Notification,
    NotificationFilter,
    last_numbers,
    notifications,
    notifications_after,
    notifications_of,
    unread_count,
)
from contexts.community.queries.reputation import (
    LanguageReputation,
    PointsLine,
    Reputation,
    points_line,
    points_of,
    reputation_of,
)
from contexts.community.queries.submissions import (
    Draft,
    FeedFilter,
    Note,
    Sentence,
    TextDetail,
    TextFilter,
    TextSummary,
    details,
    details_by_id,
    feed,
    feed_summaries,
    leased_until,
    own_summary,
    seen_summary,
    text,
    text_summaries,
    texts_of,
)
