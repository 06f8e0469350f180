"""督导、检查: a visit with a checklist, findings, what has to be put right, and its closing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.models import ChecklistTemplate, Correction, InspectedUnit, Inspection
from pilots.queries.inspection import corrections_for, inspected_for, inspections_for, listed_corrections, sees_findings
from pilots.services import correction as corrections
from pilots.services import inspection as services
from pilots.services.inspection import TypedFinding, TypedLine
from pilots.states.inspection import CorrectionState, InspectionState
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.inbox.queries import waiting_for
from portal.notices.models import Notice
from portal.refusals import Refused, WrongState
from tests.factories import make_officer, make_unit
from tests.factories.selection import make_inspection

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Unit:
    return make_unit(UnitKind.SCHOOL)


def errands(user: User) -> list[str]:
    return [row.what for row in waiting_for(User.objects.get(pk=user.pk))]


def visit_of(inspection: Inspection, by: User) -> InspectedUnit:
    """The one visit, with what was found written down."""
    visit = inspection.inspected.get()
    found = [TypedFinding(item.pk, "partly", "分工不够细") for item in inspection.items.all()]
    return services.write_findings(visit, by=by, visited_on=timezone.localdate(), remark="总体较好", findings=found)


def given(by: User, school: Unit, **fields: object) -> Correction:
    """An inspection whose findings were given, with one thing to put right."""
    inspection = make_inspection(by, [school], **fields)  # type: ignore[arg-type]
    due = timezone.localdate() + timedelta(days=14)
    correction = services.ask_correction(visit_of(inspection, by), by=by, what="明确分管负责人。", due=due)
    services.report(inspection, by=by)
    correction.refresh_from_db()
    return correction


def test_an_inspection_keeps_its_own_copy_of_a_checklist(editor: User, school: Unit) -> None:
    template = ChecklistTemplate.objects.get()
    lines = [TypedLine(line.name, line.how) for line in template.lines.all()]
    inspection = services.plan_inspection(
        led_by=editor.posts_today[0].unit,
        by=editor,
        units=[school],
        lines=lines,
        name="督导",
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
    )
    services.save_checklist(template, by=editor, name=template.name, is_active=True, lines=[TypedLine("另一条")])
    assert [item.name for item in inspection.items.all()] == [line.name for line in lines]


def test_the_inspected_know_of_it_when_they_are_told_and_see_findings_when_given(editor: User, school: Unit) -> None:
    officer, neighbour = make_officer(school), make_officer(make_unit(UnitKind.SCHOOL, parent=school.parent))
    inspection = make_inspection(editor, [school])
    assert not inspections_for(officer).exists()
    services.announce(inspection, by=editor)
    assert Notice.objects.filter(user=officer, subject__contains="将检查").count() == 1
    assert list(inspections_for(officer)) == [inspection]
    assert not inspections_for(neighbour).exists()
    visit = visit_of(inspection, editor)
    assert not sees_findings(officer, inspected_for(officer).get())
    services.report(inspection, by=editor)
    assert sees_findings(officer, inspected_for(officer).get(pk=visit.pk))


def test_a_prefecture_inspects_what_lies_in_it_and_nothing_else(school: Unit) -> None:
    assert school.parent is not None
    assert school.parent.parent is not None
    prefecture = school.parent.parent
    officer = make_officer(prefecture)
    assert make_inspection(officer, [school, school.parent], led_by=prefecture).led_by == prefecture
    with pytest.raises(ValidationError, match="的检查范围内"):
        make_inspection(officer, [make_unit(UnitKind.SCHOOL)], led_by=prefecture)
    with pytest.raises(PermissionDenied):
        make_inspection(make_officer(school.parent), [school], led_by=school.parent)
    with pytest.raises(PermissionDenied):
        make_inspection(make_officer(make_unit(UnitKind.PREFECTURE)), [school], led_by=prefecture)


def test_wrong_days_and_empty_lists_are_refused(editor: User, school: Unit) -> None:
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="结束日期早于开始日期"):
        make_inspection(editor, [school], ends_on=today - timedelta(days=1))
    with pytest.raises(ValidationError, match="请选择受检单位"):
        make_inspection(editor, [])
    inspection = make_inspection(editor, [school])
    visit = inspection.inspected.get()
    with pytest.raises(ValidationError, match="不在本次检查的起止日期之内"):
        services.write_findings(visit, by=editor, visited_on=today - timedelta(days=3), remark="", findings=[])
    with pytest.raises(ValidationError, match="整改期限已经过去"):
        services.ask_correction(visit, by=editor, what="整改", due=today - timedelta(days=1))
    with pytest.raises(Refused, match="还没有检查记录"):
        services.report(inspection, by=editor)


def test_what_has_to_be_put_right_waits_until_it_is_closed(editor: User, school: Unit) -> None:
    assert school.parent is not None
    officer, bureau = make_officer(school), make_officer(school.parent)
    correction = given(editor, school)
    assert errands(officer) == ["整改并报告情况"]
    assert errands(bureau) == ["督促学校整改"]
    corrections.answer(correction, by=officer, text="已明确由副校长分管。")
    assert errands(officer) == [] == errands(bureau)
    assert "核对整改情况" in errands(editor)
    corrections.ask_again(correction, by=editor, reason="请附文件。")
    assert errands(officer) == ["整改并报告情况"]
    corrections.answer(correction, by=bureau, text="文件已附上。")
    corrections.close_correction(correction, by=editor, reason="已核对。")
    assert (correction.state, correction.remark) == (CorrectionState.CLOSED, "已核对。")
    assert "办结检查" in errands(editor)


def test_only_the_inspected_answer_and_only_the_inspectors_close(editor: User, school: Unit) -> None:
    officer, stranger = make_officer(school), make_officer(make_unit(UnitKind.SCHOOL))
    correction = given(editor, school)
    for person in (stranger, editor):
        with pytest.raises(PermissionDenied):
            corrections.answer(correction, by=person, text="已整改")
    with pytest.raises(ValidationError, match="请写明整改情况"):
        corrections.answer(correction, by=officer, text=" ")
    corrections.answer(correction, by=officer, text="已整改")
    with pytest.raises(WrongState):
        corrections.answer(correction, by=officer, text="再报一次")
    with pytest.raises(PermissionDenied):
        corrections.close_correction(correction, by=officer, reason="自己销号")
    with pytest.raises(Refused, match="理由"):
        corrections.close_correction(correction, by=editor, reason="")


def test_lateness_is_computed_and_never_typed(editor: User, school: Unit) -> None:
    correction = given(editor, school)
    assert correction.days_late == 0
    Correction.objects.filter(pk=correction.pk).update(due=timezone.localdate() - timedelta(days=3))
    correction.refresh_from_db()
    assert correction.days_late == 3
    assert list(listed_corrections(editor, standing="late")) == [correction]


def test_an_inspection_is_closed_when_everything_was_put_right(editor: User, school: Unit) -> None:
    officer = make_officer(school)
    correction = given(editor, school)
    inspection = correction.inspected.inspection
    with pytest.raises(Refused, match="还有1项整改没有销号"):
        services.close(inspection, by=editor)
    corrections.answer(correction, by=officer, text="已整改")
    corrections.close_correction(correction, by=editor, reason="已核对")
    assert services.close(inspection, by=editor).state == InspectionState.CLOSED


def test_given_findings_stand(editor: User, school: Unit) -> None:
    correction = given(editor, school)
    visit = correction.inspected
    with pytest.raises(Refused, match="检查记录不能再改"):
        services.write_findings(visit, by=editor, visited_on=None, remark="", findings=[])
    with pytest.raises(Refused):
        services.drop_correction(correction, by=editor)
    with pytest.raises(WrongState):
        services.cancel(visit.inspection, by=editor, reason="不去了")


def test_who_was_told_is_told_that_it_is_off(editor: User, school: Unit) -> None:
    officer = make_officer(school)
    inspection = services.announce(make_inspection(editor, [school]), by=editor)
    with pytest.raises(Refused, match="不能删除"):
        services.delete_inspection(inspection, by=editor)
    services.cancel(inspection, by=editor, reason="暴雨停课")
    assert Notice.objects.filter(user=officer, body__contains="暴雨停课").exists()
    assert "检查并反馈情况" not in errands(editor)


def test_another_county_finds_nothing(editor: User, school: Unit) -> None:
    correction = given(editor, school)
    stranger = make_officer(make_unit(UnitKind.COUNTY))
    assert not inspections_for(stranger).exists()
    assert not inspected_for(stranger).exists()
    assert not corrections_for(stranger).exists()
    assert corrections_for(make_officer(school.parent)).get() == correction
