"""What the walk over all addresses needs of pilots: a school of the unit that is a candidate, a pilot, inspected."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from pilots.models import ChecklistTemplate
from pilots.services.inspection import ask_correction, report, write_findings
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from tests.factories import make_unit
from tests.factories.selection import make_candidate, make_inspection, make_pilot, make_profile, make_round


def pilots_of(unit: Unit, editor: User, officer: User) -> dict[str, int | str]:
    """The ids by name. The school stands under the unit itself (S1: 附属中学)."""
    school = make_unit(UnitKind.SCHOOL, parent=unit)
    profile = make_profile(school)
    round = make_round(editor, level="school", name="试点学校遴选")
    today = timezone.localdate()
    inspection = make_inspection(editor, [school])
    visit = inspection.inspected.get()
    write_findings(visit, by=editor, visited_on=today, remark="总体较好", findings=[])
    correction = ask_correction(visit, by=editor, what="明确分管负责人。", due=today + timedelta(days=9))
    report(inspection, by=editor)
    return {
        "school": school.pk,
        "round": round.pk,
        "candidate": make_candidate(round, school, officer).pk,
        "profile": profile.pk,
        "pilot": make_pilot(make_unit(UnitKind.SCHOOL)).pk,
        "pilot_county": make_pilot(make_unit(UnitKind.COUNTY)).pk,
        "inspection": inspection.pk,
        "inspected": visit.pk,
        "correction": correction.pk,
        "checklist": ChecklistTemplate.objects.earliest("pk").pk,
    }
