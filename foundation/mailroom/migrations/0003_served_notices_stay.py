"""What was served stays as it was served; what proves it is only added to; the tasks of offices lie behind the wall."""

from django.db import migrations

from foundation.accounts.scope import rls_operation
from foundation.walls import append_only_operation

SERVED = """
CREATE OR REPLACE FUNCTION mailroom_served_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.kind <> 'legal' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR (NEW.kind, NEW.recipient_id, NEW.subject, NEW.body, NEW.what_to_do, NEW.due_on, NEW.url,
       NEW.about_type, NEW.about_id, NEW.content_hash, NEW.created_at)
     IS DISTINCT FROM (OLD.kind, OLD.recipient_id, OLD.subject, OLD.body, OLD.what_to_do, OLD.due_on, OLD.url,
       OLD.about_type, OLD.about_id, OLD.content_hash, OLD.created_at)
     OR (OLD.read_at IS NOT NULL AND NEW.read_at IS DISTINCT FROM OLD.read_at) THEN
    RAISE EXCEPTION 'a served notice cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
OLD_MAIL = """
UPDATE mailroom_delivery SET state = 'silenced', way = 'none', answer = '接通邮件之前的消息，不补发'
WHERE state = 'pending'
"""


class Migration(migrations.Migration):
    dependencies = [("mailroom", "0002_mail_is_carried")]
    operations = [
        migrations.RunSQL(
            sql=[
                SERVED,
                "CREATE TRIGGER mailroom_served_stays BEFORE UPDATE OR DELETE ON mailroom_message"
                " FOR EACH ROW EXECUTE FUNCTION mailroom_served_stays()",
            ],
            reverse_sql=[
                "DROP TRIGGER IF EXISTS mailroom_served_stays ON mailroom_message",
                "DROP FUNCTION IF EXISTS mailroom_served_stays()",
            ],
        ),
        # Mail written before anybody carried it is old news; it stays in the inbox.
        migrations.RunSQL(OLD_MAIL, migrations.RunSQL.noop),
        append_only_operation("mailroom_proof"),
        rls_operation("mailroom_fallback"),
    ]
