"""The nouns of certification."""

from certification.models.announcement import AnnouncementDraft, AnnouncementLine
from certification.models.application import Application, Correction, Submission
from certification.models.arrived import Arrival
from certification.models.call import Call
from certification.models.certificate import Certificate, Sequence, running
from certification.models.clock import Pause, StageLimit, StageTime
from certification.models.cohort import Cohort, CohortTitle
from certification.models.consultation import Consultation
from certification.models.continuation import ContinuationRuling
from certification.models.desk import Cover, Handling, Highlight, Look, SavedView
from certification.models.exit import Basis, Exit, ExitReply, Restoration
from certification.models.expert import Assignment, BlindPaper, DrawLine, Expert, Round, RoundCase, Score
from certification.models.extension import Extension
from certification.models.incident import Assistance, AssistanceNote, Incident, IncidentReply
from certification.models.interpretation import Interpretation
from certification.models.leaving import Leaving, LeavingKind
from certification.models.letter import Letter
from certification.models.meeting import AgendaItem, Ballot, Meeting, MeetingMember
from certification.models.objection import Objection, ObjectionPaper
from certification.models.obligation import DayRuling, MajorChange, Reminder
from certification.models.override import Override
from certification.models.policy import Confirmation, Overlay, RuleSet
from certification.models.posting import Announcement, Posting, PostingItem
from certification.models.recommendation import RecommendationDraft, RecommendationLine
from certification.models.reconsideration import Reconsideration
from certification.models.rereview import Cycle, Finding, Judgement, Outcome, Snapshot, Sweep
from certification.models.review import Opinion, Verdict
from certification.models.signoff import SignOff
from certification.models.target import Target
from certification.models.term_extension import TermExtension, TermKind
from certification.models.visit import Visit, VisitLine, VisitPhoto, VisitSample

__all__ = [
    "AgendaItem",
    "Announcement",
    "AnnouncementDraft",
    "AnnouncementLine",
    "Application",
    "Arrival",
    "Assignment",
    "Assistance",
    "AssistanceNote",
    "Ballot",
    "Basis",
    "BlindPaper",
    "Call",
    "Certificate",
    "Cohort",
    "CohortTitle",
    "Confirmation",
    "Consultation",
    "ContinuationRuling",
    "Correction",
    "Cover",
    "Cycle",
    "DayRuling",
    "DrawLine",
    "Exit",
    "ExitReply",
    "Expert",
    "Extension",
    "Finding",
    "Handling",
    "Highlight",
    "Incident",
    "IncidentReply",
    "Interpretation",
    "Judgement",
    "Leaving",
    "LeavingKind",
    "Letter",
    "Look",
    "MajorChange",
    "Meeting",
    "MeetingMember",
    "Objection",
    "ObjectionPaper",
    "Opinion",
    "Outcome",
    "Overlay",
    "Override",
    "Pause",
    "Posting",
    "PostingItem",
    "RecommendationDraft",
    "RecommendationLine",
    "Reconsideration",
    "Reminder",
    "Restoration",
    "Round",
    "RoundCase",
    "RuleSet",
    "SavedView",
    "Score",
    "Sequence",
    "SignOff",
    "Snapshot",
    "StageLimit",
    "StageTime",
    "Submission",
    "Sweep",
    "Target",
    "TermExtension",
    "TermKind",
    "Verdict",
    "Visit",
    "VisitLine",
    "VisitPhoto",
    "VisitSample",
    "running",
]
