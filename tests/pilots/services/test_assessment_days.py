"""延期: what is not over yet may end later, with a reason, and everybody concerned hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.models import Assessment, Survey
from pilots.services.assessment import open_assessment, to_county
from pilots.services.assessment_days import postpone
from pilots.services.reviewing import assign_reviewer
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.audit.models import history
from portal.inbox.queries import waiting_for
from portal.refusals import Refused
from tests.factories import make_user
from tests.factories.assessment import ITEMS, make_assessment, make_expert, make_scheme
from tests.factories.community import lead_of, make_community

pytestmark = pytest.mark.django_db

SURVEY = {"code": "B1", "name": "满意度", "weight": 40, "share": "member", "way": "survey", "full_at": 5} | {
    "statements": "孩子喜欢上学。"
}


def opened(editor: User) -> Assessment:
    scheme = make_scheme(editor, (ITEMS[0], SURVEY, ITEMS[2]))
    assessment = make_assessment(editor, [make_community()], scheme)
    open_assessment(assessment, by=editor)
    return Assessment.objects.get(pk=assessment.pk)


def test_later_days_reach_schools_waiting_work_and_surveys() -> None:
    editor = make_user(Role.EDITOR)
    found = opened(editor)
    lead = make_user(Role.INFORMATION_OFFICER, lead_of(found.communities.get().community))
    days = {"self_until": found.county_until, "county_until": found.county_until + timedelta(days=5)}
    for number in (1, 2):
        shift = timedelta(days=number - 1)
        moved = {name: day + shift for name, day in days.items()}
        postpone(found, by=editor, reason="各校期末考试。", **moved)
        assert lead.notices.filter(occasion__contains="assessment_postponed").count() == number
    found.refresh_from_db()
    assert found.self_until == days["self_until"] + timedelta(days=1)
    assert [row.due for row in waiting_for(User.objects.get(pk=lead.pk))] == [found.self_until]
    assert set(Survey.objects.values_list("closes_on", flat=True)) == {found.county_until}
    assert next((one.label, one.reason) for one in history(found)) == ("延期", "各校期末考试。")


def test_days_only_become_later_and_keep_their_order() -> None:
    editor = make_user(Role.EDITOR)
    found = opened(editor)
    with pytest.raises(ValidationError, match="只能推迟"):
        postpone(found, by=editor, reason="早点", self_until=timezone.localdate())
    with pytest.raises(ValidationError, match="先后"):
        postpone(found, by=editor, reason="晚点", self_until=found.county_until + timedelta(days=1))
    with pytest.raises(ValidationError, match="都没有改"):
        postpone(found, by=editor, reason="晚点", self_until=found.self_until)
    with pytest.raises(ValidationError, match="理由"):
        postpone(found, by=editor, reason=" ", self_until=found.county_until)
    with pytest.raises(PermissionDenied):
        postpone(found, by=make_user(Role.STAFF, lead_of(found.communities.get().community)), reason="晚点")


def test_a_step_that_is_over_is_not_opened_again() -> None:
    editor = make_user(Role.EDITOR)
    found = opened(editor)
    to_county(found, by=editor)
    before = found.self_until
    later = found.county_until + timedelta(days=1)
    postpone(found, by=editor, reason="复核量大。", self_until=later, county_until=later)
    found.refresh_from_db()
    assert (found.self_until, found.county_until) == (before, later)


def test_a_reviewer_must_stay_an_expert_until_the_new_day() -> None:
    editor = make_user(Role.EDITOR)
    found = opened(editor)
    assign_reviewer(found.communities.get(), make_expert(days=35), by=editor)
    later = {name: timezone.localdate() + timedelta(days=60) for name in ("review_until", "objections_until")}
    with pytest.raises(Refused, match="之前到期"):
        postpone(found, by=editor, reason="晚点", **later)


def test_a_round_in_preparation_is_simply_changed() -> None:
    editor = make_user(Role.EDITOR)
    found = make_assessment(editor, [make_community()])
    with pytest.raises(Refused, match="不能延期"):
        postpone(found, by=editor, reason="晚点", self_until=found.county_until)
