from contexts.community.models.moderation import Case, Report
from contexts.community.models.notices import Mailbox, Notification
from contexts.community.models.people import Block, Member, MemberLanguage
from contexts.community.models.standing import PointsEntry, Standing
from contexts.community.models.streams import StreamTicket
from contexts.community.models.texts import Correction, Edit, Lease, Reply, Submission
