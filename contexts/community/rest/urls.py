from django.urls import path

from contexts.community.rest import members, views

_TEXT = "community/submissions/<uuid:submission>"
_EDIT = "community/edits/<uuid:edit>"

urlpatterns = [
    path("community/me", views.MyMembership.as_view(), name="my-membership"),
    path("community/me/points", members.Points.as_view(), name="my-points"),
    path("community/me/reputation", members.MyReputation.as_view(), name="my-reputation"),
    path("community/submissions", views.Submissions.as_view(), name="submissions"),
    path(_TEXT, views.Submission.as_view(), name="submission"),
    path(f"{_TEXT}/withdrawal", views.Withdrawal.as_view(), name="withdrawal"),
    path(f"{_TEXT}/lease", views.Turn.as_view(), name="lease"),
    path(f"{_TEXT}/corrections", views.Corrections.as_view(), name="corrections"),
    path("community/feed", views.Feed.as_view(), name="feed"),
    path("community/next", views.NextTurn.as_view(), name="next-text"),
    path(f"{_EDIT}/acceptance", views.Acceptance.as_view(), name="acceptance"),
    path(f"{_EDIT}/dispute", views.Dispute.as_view(), name="dispute"),
    path(f"{_EDIT}/replies", views.Replies.as_view(), name="replies"),
    path("community/corrections/<uuid:correction>/thanks", views.Thanks.as_view(), name="thanks"),
    path("community/notifications", members.Notifications.as_view(), name="notifications"),
    path("community/notifications/unread", members.Unread.as_view(), name="unread-notifications"),
    path("community/notifications/read", members.Reading.as_view(), name="read-notifications"),
    path("community/stream", members.Stream.as_view(), name="open-stream"),
    path("community/reports", members.Reports.as_view(), name="reports"),
]
