"""The roles that ask, and the groups of them that records name.

The learner owns the rows of the samples, learns from the teacher and was corrected by the
corrector. The other learner could have been any of them. The blocked person is blocked by every
owner, and the blocker has blocked every owner. The tutor does not teach the learner.
"""

Roles = frozenset[str]

ROLES = (
    "anonymous",
    "learner",
    "other",
    "blocked",
    "blocker",
    "teacher",
    "corrector",
    "tutor",
    "moderator",
    "support",
    "finance",
    "admin",
)

EVERYBODY: Roles = frozenset(ROLES)
NOBODY: Roles = frozenset()
ANONYMOUS: Roles = frozenset({"anonymous"})
LEARNER: Roles = frozenset({"learner"})
OTHER: Roles = frozenset({"other"})
TEACHER: Roles = frozenset({"teacher"})
CORRECTOR: Roles = frozenset({"corrector"})
BLOCKER: Roles = frozenset({"blocker"})
SUPPORT: Roles = frozenset({"support"})
ADMIN: Roles = frozenset({"admin"})

SIGNED_IN = EVERYBODY - ANONYMOUS
APART: Roles = frozenset({"blocked", "blocker"})
NOT_APART = SIGNED_IN - APART
TUTORS: Roles = frozenset({"teacher", "tutor"})
NATIVES: Roles = frozenset({"other", "corrector"})
STAFF: Roles = frozenset({"moderator", "support", "finance", "admin"})
# They deal with the learner, so they may change rows that are not their own.
INVOLVED = LEARNER | TEACHER | CORRECTOR
