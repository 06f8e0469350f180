"""What stands in a 学期确认单: what the portal knows, what is missing, odd or changed, what its unit doubts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from pilots.models import ReportingCadence
from pilots.queries.progress_differences import differences
from pilots.services.activity import record_activities
from pilots.services.activity_credit import renew_credits
from pilots.services.progress_content import content_now, findings, is_clean
from pilots.services.progress_doubt import doubt_line, settle_doubt
from portal.accounts.models import Unit
from portal.inbox.queries import waiting_for
from portal.notices.models import Notice
from portal.refusals import Refused
from tests.factories import make_activity, make_officer, make_unit
from tests.factories.progress import Desks, make_desks, submitted

pytestmark = pytest.mark.django_db


def took_place(unit: Unit, *partners: Unit) -> str:
    """An activity of today, recorded; returns its line's key."""
    activity = make_activity(unit, timezone.localdate(), partners=partners)
    record_activities([activity], by=None)
    renew_credits()
    return f"activity:{activity.pk}"


def lines(desks: Desks) -> dict[str, str]:
    return {line["key"]: line["text"] for one in content_now(desks.report)["sections"] for line in one["lines"]}


def content(value: int | Decimal, *, missing: list[str] | None = None) -> dict[str, Any]:
    figure = {"key": "activities", "label": "活动", "value": value, "unit": "项"}
    section = {"key": "a", "label": "活动", "lines": [], "figures": [figure], "missing": missing or []}
    return {"sections": [section], "words": dict.fromkeys(("outcomes", "difficulties", "next_steps"), ""), "doubts": []}


def found(new: int, old: int) -> list[str]:
    cadence = ReportingCadence(odd_percent=50, odd_least=5)
    return [one["kind"] for one in findings(content(new), content(old), cadence)]


def test_it_opens_with_the_activities_of_the_term_whoever_recorded_them() -> None:
    desks = make_desks()
    own, theirs = took_place(desks.school), took_place(make_unit(), desks.school)
    elsewhere = took_place(make_unit())
    shown = lines(desks)
    assert {own, theirs} <= set(shown)
    assert elsewhere not in shown


def test_what_was_submitted_stays_as_it_was_read() -> None:
    desks = make_desks()
    key = took_place(desks.school)
    report = submitted(desks)
    took_place(desks.school)
    frozen = report.versions.get().content["sections"]
    assert [line["key"] for line in frozen[0]["lines"]] == [key]


def test_a_term_without_any_activity_is_missing_something() -> None:
    report = submitted(make_desks())
    assert not report.is_clean
    assert any("没有一项活动" in one["text"] for one in report.findings)


@pytest.mark.parametrize(
    ("new", "old", "kinds"),
    [(10, 10, []), (11, 10, ["变化"]), (15, 10, ["异常"]), (5, 10, ["异常"]), (4, 2, ["变化"]), (6, 0, ["异常"])],
)
def test_a_figure_is_odd_where_it_is_far_off_the_last_terms(new: int, old: int, kinds: list[str]) -> None:
    assert found(new, old) == kinds


def test_a_plain_change_wants_no_eye_and_what_is_missing_comes_first() -> None:
    cadence = ReportingCadence(odd_percent=50, odd_least=5)
    seen = findings(content(30, missing=["没有计划。"]), content(10), cadence)
    assert [one["kind"] for one in seen] == ["缺少", "异常"]
    assert not is_clean(seen)
    assert is_clean(findings(content(11), content(10), cadence))
    assert findings(content(11), None, cadence) == []


def test_the_difference_of_what_comes_back_names_each_place() -> None:
    before, after = content(3), content(4)
    after["words"]["outcomes"] = "补写了成效。"
    assert [change.where for change in differences(before, after)] == ["活动", "成效"]
    assert differences(before, before) == []


def test_a_doubt_goes_to_who_keeps_the_fact() -> None:
    desks = make_desks()
    university = make_unit()
    keeper = make_officer(university)
    key = took_place(university, desks.school)
    doubt = doubt_line(desks.report, key=key, right="实际参加12人。", by=desks.teacher)
    assert doubt.owner == university
    assert "核对记录" in waiting_for(keeper).values_list("what", flat=True)
    assert any(one["kind"] == "存疑" for one in submitted(desks).findings)


def test_who_keeps_the_fact_answers_and_the_unit_hears() -> None:
    desks = make_desks()
    keeper = make_officer(make_unit())
    key = took_place(keeper.posts_today[0].unit, desks.school)
    doubt = doubt_line(desks.report, key=key, right="实际参加12人。", by=desks.teacher)
    with pytest.raises(Refused, match="理由"):
        settle_doubt(doubt, "uphold", answer="", by=keeper)
    with pytest.raises(PermissionDenied):
        settle_doubt(doubt, "correct", answer="", by=desks.bureau)
    settle_doubt(doubt, "uphold", answer="签到表为15人。", by=keeper)
    assert doubt.get_state_display() == "核对无误"
    assert Notice.objects.filter(user=desks.teacher, subject__contains="核对").exists()
    with pytest.raises(Refused):
        settle_doubt(doubt, "correct", answer="", by=keeper)


def test_a_line_is_doubted_once_while_it_is_looked_into() -> None:
    desks = make_desks()
    key = took_place(desks.school)
    doubt_line(desks.report, key=key, right="是两场。", by=desks.teacher)
    for wrong in (
        {"key": key, "right": "是三场。"},
        {"key": "activity:0", "right": "没有。"},
        {"key": key, "right": " "},
    ):
        with pytest.raises(Refused):
            doubt_line(desks.report, by=desks.teacher, **wrong)


def test_a_doubt_is_kept_as_one_can_type_it() -> None:
    desks = make_desks()
    doubt = doubt_line(desks.report, key=took_place(desks.school), right="是\x00两场。", by=desks.teacher)
    assert doubt.right == "是两场。"


def test_only_its_unit_doubts_and_only_while_it_has_the_sheet() -> None:
    desks = make_desks()
    key = took_place(desks.school)
    with pytest.raises(PermissionDenied):
        doubt_line(desks.report, key=key, right="是两场。", by=desks.bureau)
    submitted(desks)
    with pytest.raises(Refused, match="不能再标注"):
        doubt_line(desks.report, key=key, right="是两场。", by=desks.teacher)
