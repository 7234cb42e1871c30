"""A letter is its offices' until it is served, and the firm's from then on; a signed letter does not change its words."""

from django.db import migrations

from certification import states
from foundation.accounts.scope import rls_operation
from foundation.walls import edges_operation

FIXED = """
CREATE OR REPLACE FUNCTION certification_letter_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND (NEW.number, NEW.title, NEW.ground, NEW.reasons, NEW.remedy, NEW.enterprise_id)
     IS DISTINCT FROM (OLD.number, OLD.title, OLD.ground, OLD.reasons, OLD.remedy, OLD.enterprise_id) THEN
    RAISE EXCEPTION 'a signed letter cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("certification", "0011_letters")]
    operations = [
        edges_operation("certification_letter", states.LETTER.initial, states.LETTER.edges),
        # "AND" binds closer than the "OR" between the two tests of the policy.
        rls_operation("certification_letter", enterprise="state = 'served' AND enterprise_id"),
        migrations.RunSQL(
            sql=[
                FIXED,
                'CREATE TRIGGER "certification_letter_fixed" BEFORE UPDATE ON "certification_letter"'
                " FOR EACH ROW EXECUTE FUNCTION certification_letter_is_fixed()",
            ],
            reverse_sql=[
                'DROP TRIGGER IF EXISTS "certification_letter_fixed" ON "certification_letter"',
                "DROP FUNCTION IF EXISTS certification_letter_is_fixed()",
            ],
        ),
    ]
