"""Gapless numbers of a year, for receipts, certificates, interpretations and objections."""

from django.db import connection

DRAW = """
INSERT INTO certification_sequence (purpose, year, last) VALUES (%s, %s, 1)
ON CONFLICT (purpose, year) DO UPDATE SET last = certification_sequence.last + 1
RETURNING last
"""


def next_number(purpose: str, year: int) -> int:
    """The next of its purpose and year, from 1. Its row stays locked until the transaction ends, so that none is left out."""
    with connection.cursor() as db:
        db.execute(DRAW, [purpose, year])
        return int(db.fetchone()[0])
