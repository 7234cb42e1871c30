"""The nouns of certification."""

from certification.models.application import Application, Correction, Submission
from certification.models.call import Call
from certification.models.certificate import Certificate, Sequence
from certification.models.letter import Letter
from certification.models.meeting import AgendaItem, Ballot, Meeting, MeetingMember
from certification.models.objection import Objection, ObjectionPaper
from certification.models.policy import Confirmation, Overlay, RuleSet
from certification.models.posting import Announcement, Posting, PostingItem
from certification.models.reconsideration import Reconsideration
from certification.models.rereview import Cycle, Finding, Outcome
from certification.models.review import Opinion, Verdict
from certification.models.target import Target

__all__ = [
    "AgendaItem",
    "Announcement",
    "Application",
    "Ballot",
    "Call",
    "Certificate",
    "Confirmation",
    "Correction",
    "Cycle",
    "Finding",
    "Letter",
    "Meeting",
    "MeetingMember",
    "Objection",
    "ObjectionPaper",
    "Opinion",
    "Outcome",
    "Overlay",
    "Posting",
    "PostingItem",
    "Reconsideration",
    "RuleSet",
    "Sequence",
    "Submission",
    "Target",
    "Verdict",
]
