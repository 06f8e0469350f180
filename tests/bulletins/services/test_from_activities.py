"""A report begun from recorded activities says their facts in a sentence that reads well, and keeps them."""

from __future__ import annotations

from datetime import date

import pytest

from bulletins.services.from_activities import report_from_activities
from pilots.models import ActivityKind, HeadCount
from pilots.services.activity import Facts, People, record_activity
from portal.accounts.roles import UnitKind
from portal.refusals import Refused
from tests.factories import make_officer, make_unit
from tests.factories.activity import make_recorded

pytestmark = pytest.mark.django_db


def test_the_facts_of_an_activity_become_one_sentence() -> None:
    school, other = make_unit(UnitKind.SCHOOL, "湖滨小学"), make_unit(UnitKind.SCHOOL, "松湖小学")
    officer = make_officer(school)
    facts = Facts(
        kind=ActivityKind.objects.get(name="教学沙龙"),
        start=date(2024, 11, 5),
        partners=[other],
        place="录播教室",
        about="分数的意义。",
        sessions=2,
        people=[People("教师", 12), People("", 20, HeadCount.Measure.ATTENDANCES)],
    )
    report = report_from_activities([record_activity(facts, unit=school, by=officer).pk], by=officer)
    assert report.text == (
        "2024年11月5日，湖滨小学与松湖小学在录播教室开展教学沙龙，内容是分数的意义，共2场次，教师12人、20人次参加。"
    )
    assert report.activities.get().place == "录播教室"


def test_activities_of_others_make_no_report_of_ours() -> None:
    activity = make_recorded(make_unit())
    with pytest.raises(Refused, match="请先勾选本单位登记的活动"):
        report_from_activities([activity.pk], by=make_officer())
