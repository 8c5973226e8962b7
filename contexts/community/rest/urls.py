from django.urls import path

from contexts.community.rest import (
    corrections,
    edits,
    members,
    moderation,
    notifications,
    reputation,
    submissions,
    turns,
)

_TEXT = "community/submissions/<uuid:submission>"
_EDIT = "community/edits/<uuid:edit>"
_CORRECTION = "community/corrections/<uuid:correction>"
_NOTIFICATIONS = "community/notifications"

urlpatterns = [
    path("community/me", members.MyMembership.as_view(), name="my-membership"),
    path("community/me/points", reputation.Points.as_view(), name="my-points"),
    path("community/me/reputation", reputation.MyReputation.as_view(), name="my-reputation"),
    path("community/submissions", submissions.Submissions.as_view(), name="submissions"),
    path(_TEXT, submissions.Submission.as_view(), name="submission"),
    path(f"{_TEXT}/withdrawal", submissions.Withdrawal.as_view(), name="withdrawal"),
    path(f"{_TEXT}/lease", turns.TurnView.as_view(), name="lease"),
    path(f"{_TEXT}/corrections", corrections.Corrections.as_view(), name="corrections"),
    path("community/feed", turns.Feed.as_view(), name="feed"),
    path("community/next", turns.NextTurn.as_view(), name="next-text"),
    path(f"{_EDIT}/acceptance", edits.Acceptance.as_view(), name="acceptance"),
    path(f"{_EDIT}/dispute", edits.DisputeView.as_view(), name="dispute"),
    path(f"{_EDIT}/replies", edits.Replies.as_view(), name="replies"),
    path(f"{_CORRECTION}/thanks", corrections.Thanks.as_view(), name="thanks"),
    path(_NOTIFICATIONS, notifications.Notifications.as_view(), name="notifications"),
    path(
        f"{_NOTIFICATIONS}/unread",
        notifications.UnreadView.as_view(),
        name="unread-notifications",
    ),
    path(f"{_NOTIFICATIONS}/read", notifications.Reading.as_view(), name="read-notifications"),
    path("community/stream", notifications.StreamView.as_view(), name="open-stream"),
    path("community/reports", moderation.Reports.as_view(), name="reports"),
]
