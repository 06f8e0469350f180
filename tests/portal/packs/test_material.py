"""What each app puts into a pack: the confirmed, the signed, the proven; and who is named for what is wanting."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from docx import Document

from bulletins.services.certificate import CERTIFY, order_certificate
from pilots.services.output import confirm_output
from pilots.services.progress_report import approve_report
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.files.services import attach_file
from portal.jobs.models import Job
from portal.jobs.services import run
from portal.material import Item, Kept, Made, Part, Scope, parts
from portal.periods import Period, parse_period, school_year_of, standing_day, year_of
from tests.bulletins.published import office
from tests.bulletins.views.test_certificate import printed_report, sign_issue_of
from tests.factories import make_adopted, make_unit, make_user
from tests.factories.alliance import make_pair
from tests.factories.assessment_round import Round
from tests.factories.figures import make_reported, make_value
from tests.factories.partnership import make_agreement
from tests.factories.progress import make_desks, submitted
from tests.factories.task import county_school, make_output, make_task, worker
from tests.portal.files.samples import pdf, upload

pytestmark = pytest.mark.django_db


def scope_of(unit: Unit, user: User, period: Period | None = None) -> Scope:
    today = timezone.localdate()
    period = period or year_of(today)
    return Scope(User.objects.get(pk=user.pk), unit, period, standing_day(period, today))


def part(key: str) -> Part:
    return next(one for one in parts() if one.key == key)


def files(key: str, scope: Scope) -> list[Item]:
    found = list(part(key).items(scope))
    for item in found:
        if isinstance(item, Made):
            assert item.make()[:2] == b"PK"
    return found


def test_every_ledger_can_be_made_of_nothing() -> None:
    county, _ = county_school()
    scope = scope_of(county, worker(county), school_year_of(timezone.localdate()))
    for one in parts():
        assert one.count(scope) == 0
        assert one.folder != "台账" or len(files(one.key, scope)) == 1


def test_a_sheet_is_packed_once_it_is_confirmed_and_named_until_then() -> None:
    desks = make_desks()
    report = submitted(desks)
    scope = scope_of(desks.county, desks.bureau, school_year_of(timezone.localdate()))
    assert part("progress").count(scope) == 0
    assert f"{desks.school}（待县级审核）" in "".join(part("progress").missing(scope))
    for reviewer in (desks.bureau, desks.office):
        report.refresh_from_db()
        approve_report(report, turn=report.turn, by=reviewer)
    assert [item.name for item in files("progress", scope)] == [f"{report.period.label}/{desks.school.name}.docx"]
    assert str(desks.school) not in "".join(part("progress").missing(scope))


def test_only_confirmed_outputs_count_and_others_are_named() -> None:
    county, school = county_school()
    bureau = worker(county)
    output = make_output(school, day=timezone.localdate())
    attach_file(owner=output, upload=upload(pdf(), "教案.pdf"), by=worker(school))
    scope = scope_of(county, bureau)
    assert part("outputs").count(scope) == 0
    assert "还没有确认、因而没有计入的成果：手势舞" in "".join(part("outputs").missing(scope))
    confirm_output(output, by=make_user(Role.EDITOR))
    assert part("outputs").count(scope) == 1
    assert [item.name for item in files("output-files", scope)] == ["001 精品课 手势舞/教案.pdf"]


def test_signed_papers_are_packed_as_they_are_and_pairs_without_one_are_named() -> None:
    pair = make_pair()
    bureau = worker(pair.county)
    scope = scope_of(pair.county, bureau)
    assert f"没有有效协议的结对：{pair}" in "".join(part("agreements").missing(scope))
    agreement = make_agreement(pair)
    assert f"没有上传协议文件的协议：{agreement.title}" in "".join(part("agreements").missing(scope))
    attach_file(owner=agreement, upload=upload(pdf(), "协议扫描件.pdf"), by=worker(pair.university))
    (kept,) = files("agreements", scope)
    assert isinstance(kept, Kept)
    assert kept.name == f"001 {agreement.title}/协议扫描件.pdf"
    assert not part("agreements").missing(scope)


def test_tasks_of_schools_stand_in_the_countys_ledger_and_in_nobody_elses() -> None:
    county, school = county_school()
    make_task(school)
    assert part("tasks").count(scope_of(county, worker(county))) == 1
    other = make_unit(UnitKind.COUNTY)
    assert part("tasks").count(scope_of(county, worker(other))) == 0


def test_what_a_county_reported_is_packed_with_its_evidence() -> None:
    county, _ = county_school()
    user = worker(county)
    value = make_value(make_reported(), county, 3, by=user)
    attach_file(owner=value, upload=upload(pdf(), "培训通知.pdf"), by=user)
    scope = scope_of(county, user, school_year_of(timezone.localdate()))
    assert part("values").count(scope) == len(files("values", scope)) == 1
    (kept,) = files("value-files", scope)
    assert isinstance(kept, Kept)
    assert kept.name == f"001 {county.name} {value.indicator}/培训通知.pdf"
    other = make_unit(UnitKind.COUNTY)
    assert part("values").count(scope_of(county, worker(other), scope.period)) == 0


def test_proofs_of_what_was_printed_are_packed_and_what_has_none_is_named(officer: User) -> None:
    """The pack of the unit itself holds them, that of another county nothing."""
    proven, bare = printed_report(officer), make_adopted(office(Role.EDITOR), officer)
    sign_issue_of(timezone.localdate())
    order_certificate(proven, by=officer)
    run(Job.objects.get(kind=CERTIFY).pk)
    days = [proven.submitted_at, bare.submitted_at]
    scope = scope_of(proven.unit, officer, year_of(timezone.localdate(max(day for day in days if day))))
    [proof] = files("certificates", scope)
    assert isinstance(proof, Kept)
    assert proof.name == f"001 {proven.unit.name} {proven}.pdf"
    assert default_storage.size(proof.path) == proof.size > 0
    assert part("certificates").count(scope) == 1
    wanting = "".join(part("certificates").missing(scope))
    assert wanting.count(f"{bare}（{bare.unit}）") == 1
    other = make_unit(UnitKind.COUNTY)
    assert files("certificates", scope_of(other, make_user(Role.EDITOR))) == []


def test_results_are_packed_once_they_are_published_for_those_they_concern() -> None:
    round = Round()
    round.shown()
    period = parse_period(round.assessment.period)
    assert period
    county, school = round.community.area, round.lead.posts_today[0].unit
    scope = scope_of(county, round.editor, school_year_of(period.start))
    assert files("assessments", scope) == []
    round.time_passes()
    round.publish()
    name = f"{round.assessment.name}/{round.community.name}.docx"
    for unit, user in ((county, round.editor), (school, round.lead)):
        [sheet] = files("assessments", scope_of(unit, user, school_year_of(period.start)))
        assert isinstance(sheet, Made)
        assert sheet.name == name
        text = " ".join(cell.text for cell in cells_of(sheet.make()))
        assert "83" in text
    assert files("assessments", scope_of(make_unit(UnitKind.COUNTY), round.editor, school_year_of(period.start))) == []


def cells_of(word: bytes) -> list[Any]:
    document = Document(io.BytesIO(word))
    return [cell for table in document.tables for row in table.rows for cell in row.cells]
