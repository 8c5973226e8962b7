"""Community keeps what learners write."""

from contexts.community import api as community


class CommunityWritings:
    keep = staticmethod(community.keep_draft)
