"""A unit's page shows its reports to who may see them; printed reports count where the unit stood when it sent them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from bulletins.models import Submission
from bulletins.queries.unit_share import count_printed, reports_of, rows_of_printed
from bulletins.states import SubmissionState
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.unit import place_unit
from portal.periods import Period, parse_period
from tests.factories import make_draft, make_officer, make_report, make_unit, make_user

pytestmark = pytest.mark.django_db


def period(key: str) -> Period:
    found = parse_period(key)
    assert found
    return found


def printed(unit: Unit, day: date) -> Submission:
    report = make_report(make_officer(unit))
    at = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
    Submission.objects.filter(pk=report.pk).update(state=SubmissionState.PRINTED, submitted_at=at)
    return report


def test_a_printed_report_stays_with_the_prefecture_in_which_its_county_lay() -> None:
    before, after = make_unit(UnitKind.PREFECTURE), make_unit(UnitKind.PREFECTURE)
    county = make_unit(UnitKind.COUNTY, parent=before)
    report = printed(county, date(2024, 6, 3))
    place_unit(county, parent=after, since=date(2024, 9, 1), by=None)
    counted = count_printed([county.pk, before.pk, after.pk], period("2024"))
    assert counted == {county.pk: 1, before.pk: 1}
    assert list(rows_of_printed(before.pk, period("2024"))) == [report]
    assert not rows_of_printed(after.pk, period("2024")).exists()
    assert count_printed([county.pk], period("2024-09")) == {}


def test_the_office_sees_what_a_unit_sent_and_another_unit_nothing(signed_in: Callable[[User], Client]) -> None:
    officer = make_officer()
    unit = officer.posts_today[0].unit
    make_draft(officer, title="没有报送的草稿")
    make_report(officer, title="已经报送的稿件")
    seen = reports_of(make_user(Role.EDITOR), unit)
    assert seen
    assert seen["counts"] == {"sent": 1, "adopted": 0, "printed": 0}
    assert reports_of(make_officer(), unit) is None
    page = signed_in(make_user(Role.EDITOR)).get(f"/units/{unit.pk}/").content.decode()
    assert "已经报送的稿件" in page
    assert "没有报送的草稿" not in page
