"""The nouns of enterprises."""

from enterprises.models.enterprise import Enterprise, FormerBody, NameHistory
from enterprises.models.evidence import Evidence
from enterprises.models.facts import (
    FROM_OFFICES,
    PRECEDENCE,
    AnnualReport,
    Figure,
    FigureEntry,
    Source,
    Statement,
)
from enterprises.models.innovation import (
    Award,
    Contest,
    Financing,
    Honour,
    IntellectualProperty,
    ManagementCertificate,
    OutsideTitle,
    RdInstitution,
)
from enterprises.models.membership import Membership, Takeover
from enterprises.models.touched import Touched

__all__ = [
    "FROM_OFFICES",
    "PRECEDENCE",
    "AnnualReport",
    "Award",
    "Contest",
    "Enterprise",
    "Evidence",
    "Figure",
    "FigureEntry",
    "Financing",
    "FormerBody",
    "Honour",
    "IntellectualProperty",
    "ManagementCertificate",
    "Membership",
    "NameHistory",
    "OutsideTitle",
    "RdInstitution",
    "Source",
    "Statement",
    "Takeover",
    "Touched",
]
