"""The nouns of certification."""

from certification.models.application import Application, Correction, Submission
from certification.models.call import Call
from certification.models.certificate import Certificate, Sequence
from certification.models.clock import Pause, StageLimit, StageTime
from certification.models.desk import Cover, Handling, Highlight, Look, SavedView
from certification.models.exit import Exit, ExitReply
from certification.models.interpretation import Interpretation
from certification.models.policy import Confirmation, Overlay, RuleSet
from certification.models.posting import Announcement, Posting, PostingItem
from certification.models.rereview import Cycle, Finding, Outcome
from certification.models.review import Opinion, Verdict
from certification.models.signoff import SignOff
from certification.models.target import Target

__all__ = [
    "Announcement",
    "Application",
    "Call",
    "Certificate",
    "Confirmation",
    "Correction",
    "Cover",
    "Cycle",
    "Exit",
    "ExitReply",
    "Finding",
    "Handling",
    "Highlight",
    "Interpretation",
    "Look",
    "Opinion",
    "Outcome",
    "Overlay",
    "Pause",
    "Posting",
    "PostingItem",
    "RuleSet",
    "SavedView",
    "Sequence",
    "SignOff",
    "StageLimit",
    "StageTime",
    "Submission",
    "Target",
    "Verdict",
]
