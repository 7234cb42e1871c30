"""Append-only record of acts: `from foundation.audit.record import record, timeline`."""
