"""What was signed and what was printed cannot be changed: the database refuses it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION issue_stays_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.content IS NOT NULL THEN
            RAISE EXCEPTION 'a signed issue cannot be deleted' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.content IS NOT NULL AND (NEW.content, NEW.content_digest, NEW.number, NEW.year, NEW.issue_date)
        IS DISTINCT FROM (OLD.content, OLD.content_digest, OLD.number, OLD.year, OLD.issue_date) THEN
        RAISE EXCEPTION 'a signed issue cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.printed_on IS NOT NULL AND NEW.printed_on IS DISTINCT FROM OLD.printed_on THEN
        RAISE EXCEPTION 'the day of printing cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER issue_frozen BEFORE UPDATE OR DELETE ON bulletins_issue
    FOR EACH ROW EXECUTE FUNCTION issue_stays_frozen();

CREATE FUNCTION final_rendition_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.kind = 'final' THEN
        RAISE EXCEPTION 'a final file cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER rendition_final BEFORE UPDATE OR DELETE ON bulletins_rendition
    FOR EACH ROW EXECUTE FUNCTION final_rendition_stays();
"""
BACKWARD = """
DROP TRIGGER issue_frozen ON bulletins_issue;
DROP FUNCTION issue_stays_frozen();
DROP TRIGGER rendition_final ON bulletins_rendition;
DROP FUNCTION final_rendition_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
