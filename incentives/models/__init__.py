"""Nouns of incentives."""

from incentives.models.entitlement import Entitlement
from incentives.models.measure import Duty, Measure, MeasureItem

__all__ = ["Duty", "Entitlement", "Measure", "MeasureItem"]
