"""Which things the matrix lays before which address, and the words that some addresses need beside the common form."""

KINDS = (
    ("my/colleagues/<str:public_id>/parts", "colleague"), ("my/applications/<str:public_id>/form", "own_filed"),
    ("desk/rounds/<str:public_id>/redact", "redacting"),
    ("my/applications/<str:public_id>/differences", "renewal"), ("desk/rereviews/sweeps/", "slice"),
    ("desk/postings/objections/papers/", "objection_paper"), ("desk/postings/letters/draft/", "refused"),
    ("consultations/", "consultation"), ("desk/cases/<str:public_id>/consult", "at_province"), ("desk/cases/<str:public_id>/reopen", "quiet"), ("desk/visits/add/", "application"), ("desk/visits/", "visit"), ("my/visits/", "visit"), ("visits/", "visit"), ("visit-draws/", "visit_sample"),
    ("desk/targets/", "target"), ("desk/calls/<str:public_id>/visits/", "call"), ("desk/exits/leavings/note/", "valid_title"), ("desk/exits/leavings/", "leaving"), ("my/leavings/", "leaving"),
    ("my/titles/", "own_title"), ("desk/exits/new/", "valid_title"), ("desk/exits/<str:public_id>/set-aside", "decided_exit"), ("desk/exits/", "exit"), ("my/exits/", "exit"), ("desk/rounds/", "round"),
    ("cohorts/", "cohort"), ("draws/", "round"), ("reviews/", "assignment"), ("messages/", "message"), ("desk/services/", "fallback"),
    ("bulletin/", "month"), ("titles/", "certificate"), ("postings/files/", "file"), ("postings/", "posting"), ("standards/", "rule_code"), ("calls/", "call"),
    ("oversight/machine/", "work"), ("oversight/clients/", "client"), ("oversight/outages/", "outage"), ("desk/calls/<str:public_id>/extension/", "extended_call"), ("accounts/people/", "user"), ("my/link/", "membership"),
    ("my/facts/lists/", "list"), ("my/facts/", "section"), ("my/colleagues/", "membership"), ("papers/", "evidence"),
    ("desk/links/", "membership"), ("desk/enterprises/", "enterprise"), ("my/applications/", "application"),
    ("desk/cases/", "application"), ("desk/calls/", "call"), ("desk/rules/", "rule_set"), ("desk/measures/", "measure"),
    ("api/v1/enterprises/", "credit_code"), ("api/v1/rulesets/", "rule_code"), ("api/v1/applications/", "application"),
    ("api/v1/problems/", "problem"), ("desk/interpretations/", "interpretation"),
    ("desk/postings/objections/", "objection"), ("desk/postings/letters/", "letter"),
    ("desk/rereviews/terms/", "extended_term"), ("my/calendar/outside/", "outside"), ("my/changes/", "change"), ("desk/rereviews/changes/note/", "enterprise"),
    ("desk/rereviews/changes/", "change"), ("desk/rereviews/incidents/new/", "enterprise"), ("desk/rereviews/incidents/", "incident"),
    ("my/incidents/", "incident"), ("desk/rereviews/assistance/", "assistance"), ("my/assistance/", "assistance"),
    ("desk/postings/lists/<str:public_id>/take-down", "posting"), ("desk/postings/lists/", "drafted_list"),
    ("desk/postings/announcements/", "announcement_draft"), ("desk/postings/recommendations/", "recommendation_draft"), ("desk/postings/meetings/", "meeting"), ("desk/postings/reconsiderations/", "reconsideration"), ("my/letters/", "letter"),
)  # fmt: skip
"""Which objects an address is about, by its beginning. A new address without an entry is a hole and fails the drill."""


OWN_WORDS = {
    "desk/enterprises/<str:public_id>/body/": {"body": "64/6401/640105", "on": "2026-01-05", "seen": "64/6401/640104"},
    "desk/rounds/<str:public_id>/redact/": {"act": "turn_down", "case": "case", "number": "blind_number"},
    "desk/rounds/<str:public_id>/redacted/": {"case": "case", "number": "blind_number"},
}
"""What these addresses need beside the form that all are sent: kinds of the pool, or words."""
