from contexts.community.models.members import Block, Member, MemberLanguage
from contexts.community.models.moderation import Case, Report
from contexts.community.models.notifications import Mailbox, Notification
from contexts.community.models.reputation import PointsEntry, Standing
from contexts.community.models.streams import StreamTicket
from contexts.community.models.submissions import Correction, Edit, Lease, Reply, Submission
