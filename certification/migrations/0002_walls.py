"""Edges of every state table, immutability of published rules, row-level security of cases."""

from django.db import migrations

from certification import states
from foundation.accounts.scope import rls_operation
from foundation.walls import edges_operation

SCOPED = ["application", "submission", "correction", "verdict", "opinion"]

IMMUTABLE = """
CREATE OR REPLACE FUNCTION certification_rule_text_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN
      RAISE EXCEPTION 'a published rule cannot be deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.state <> 'draft' AND (NEW.text, NEW.content_hash, NEW.code, NEW.revision)
     IS DISTINCT FROM (OLD.text, OLD.content_hash, OLD.code, OLD.revision) THEN
    RAISE EXCEPTION 'a published rule cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""


def immutable(table):
    name = f"{table}_immutable"
    return migrations.RunSQL(
        sql=[
            IMMUTABLE,
            f'CREATE TRIGGER "{name}" BEFORE UPDATE OR DELETE ON "{table}"'
            " FOR EACH ROW EXECUTE FUNCTION certification_rule_text_is_immutable()",
        ],
        reverse_sql=[f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'],
    )


def edges(table, table_of_states):
    return edges_operation(f"certification_{table}", table_of_states.initial, table_of_states.edges)


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial"), ("enterprises", "0002_walls")]
    operations = [
        edges("application", states.APPLICATION),
        edges("call", states.CALL),
        edges("posting", states.POSTING),
        edges("certificate", states.CERTIFICATE),
        edges("ruleset", states.RULE_SET),
        edges("overlay", states.RULE_SET),
        immutable("certification_ruleset"),
        immutable("certification_overlay"),
        *[rls_operation(f"certification_{name}") for name in SCOPED],
    ]
