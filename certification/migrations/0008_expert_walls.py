"""Edges of rounds and assignments; the province's own sight; scores that stay sealed until the round is closed."""

from django.db import migrations

from certification import states
from foundation.accounts.scope import rls_operation
from foundation.walls import append_only_operation, edges_operation

PROVINCIAL = ["expert", "roundcase", "drawline", "assignment", "blindpaper"]

IN_SIGHT = (
    "(region_path >= nullif(current_setting('app.lo', true), '')"
    " AND region_path < nullif(current_setting('app.hi', true), ''))"
)
SEALED = f"""
CREATE POLICY sealed ON certification_score FOR SELECT USING ({IN_SIGHT} AND EXISTS (
  SELECT 1 FROM certification_assignment a JOIN certification_round r ON r.id = a.round_id
  WHERE a.id = certification_score.assignment_id AND r.state = 'closed'))
"""


def seal():
    """Written in any phase, read after the round is closed: a query that forgot to ask finds nothing."""
    return migrations.RunSQL(
        sql=[
            "ALTER TABLE certification_score ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE certification_score FORCE ROW LEVEL SECURITY",
            SEALED,
            f"CREATE POLICY given ON certification_score FOR INSERT WITH CHECK ({IN_SIGHT})",
        ],
        reverse_sql=[
            "DROP POLICY IF EXISTS given ON certification_score",
            "DROP POLICY IF EXISTS sealed ON certification_score",
            "ALTER TABLE certification_score NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE certification_score DISABLE ROW LEVEL SECURITY",
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("certification", "0007_expert_review")]
    operations = [
        edges_operation("certification_round", states.ROUND.initial, states.ROUND.edges),
        edges_operation("certification_assignment", states.ASSIGNMENT.initial, states.ASSIGNMENT.edges),
        append_only_operation("certification_drawline"),
        append_only_operation("certification_score"),
        *[rls_operation(f"certification_{name}", enterprise="") for name in PROVINCIAL],
        seal(),
    ]
