"""Signed issues whose final file is still to come get a token; once given, it stays."""

import secrets

from django.db import migrations

FORWARD = """
CREATE FUNCTION issue_token_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.verify_token <> '' AND NEW.verify_token IS DISTINCT FROM OLD.verify_token THEN
        RAISE EXCEPTION 'the token of an issue cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER issue_token BEFORE UPDATE ON bulletins_issue
    FOR EACH ROW EXECUTE FUNCTION issue_token_stays();
"""
BACKWARD = """
DROP TRIGGER issue_token ON bulletins_issue;
DROP FUNCTION issue_token_stays();
"""


def give_tokens(apps, schema_editor):
    """Issues taken in from files (no ``signed_at``) were printed elsewhere; made files stay as they are."""
    Issue = apps.get_model("bulletins", "Issue")
    signed = Issue.objects.filter(signed_at__isnull=False, verify_token="").exclude(renditions__kind="final")
    for pk in signed.values_list("pk", flat=True):
        Issue.objects.filter(pk=pk).update(verify_token=secrets.token_urlsafe(12))


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0005_outputs_and_ledger")]
    operations = [
        migrations.RunPython(give_tokens, migrations.RunPython.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
