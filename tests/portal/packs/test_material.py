"""What each app puts into a pack: the confirmed, the signed, the proven; and who is named for what is wanting."""

from __future__ import annotations

import pytest
from django.utils import timezone

from pilots.services.output import confirm_output
from pilots.services.progress_report import approve_report
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.files.services import attach_file
from portal.material import Item, Kept, Made, Part, Scope, parts
from portal.periods import Period, school_year_of, standing_day, year_of
from tests.factories import make_unit, make_user
from tests.factories.alliance import make_pair
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
