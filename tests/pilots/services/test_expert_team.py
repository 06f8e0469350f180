"""Teams of experts by batch: who is in them, and which activities were their visits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pilots.models import Batch, ExpertTeam
from pilots.queries.expert_team import expert_teams_for, listed_expert_teams, possible_visits, visits_of
from pilots.services.activity import record_activities
from pilots.services.expert_team import Expert, add_visit, drop_visit, save_expert_team
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_activity, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


def save(by: User, **fields: Any) -> ExpertTeam:
    given: dict[str, Any] = {
        "name": "视导团",
        "batch": Batch.objects.earliest("order"),
        "since": date(2024, 9, 1),
        "until": date(2025, 8, 31),
        "experts": [Expert(make_unit(), "教授", "学前教育")],
    }
    return save_expert_team(fields.pop("team", None), by=by, **given | fields)


def visit_of(unit: Any, day: date = date(2024, 11, 5)) -> Any:
    activity = make_activity(unit, day)
    record_activities([activity], by=None)
    return activity


def test_a_team_has_a_term_and_experts_with_unit_and_post(editor: User) -> None:
    with pytest.raises(ValidationError, match="早于开始"):
        save(editor, until=date(2024, 8, 31))
    with pytest.raises(ValidationError, match="至少填写一位"):
        save(editor, experts=[])
    with pytest.raises(ValidationError, match="单位和职务"):
        save(editor, experts=[Expert(None, "教授")])
    assert save(editor).members.get().field == "学前教育"


def test_a_name_is_borne_by_one_team_at_a_time(editor: User) -> None:
    save(editor)
    with pytest.raises(ValidationError, match="同名的专家团队"):
        save(editor)
    save(editor, since=date(2025, 9, 1), until=None)


def test_the_office_alone_keeps_teams(editor: User) -> None:
    with pytest.raises(PermissionDenied):
        save(make_officer())


def test_an_activity_of_an_experts_unit_within_the_term_is_a_visit(editor: User) -> None:
    team = save(editor)
    unit = team.members.get().unit
    fitting, too_early, elsewhere = visit_of(unit), visit_of(unit, date(2024, 8, 31)), visit_of(make_unit())
    assert list(possible_visits(team)) == [fitting]
    for activity in (too_early, elsewhere):
        with pytest.raises(ValidationError, match="请重新选择"):
            add_visit(team, activity, by=editor)
    add_visit(team, fitting, by=make_officer(unit))
    assert list(visits_of(team)) == [fitting]
    assert [row.visited for row in listed_expert_teams(editor, past=True)] == [1]
    with pytest.raises(PermissionDenied):
        drop_visit(team, fitting, by=make_officer())
    drop_visit(team, fitting, by=editor)
    assert not visits_of(team).exists()


def test_past_teams_are_listed_when_asked_for(editor: User) -> None:
    save(editor)
    assert not listed_expert_teams(editor).exists()
    assert listed_expert_teams(editor, past=True, text="学前").count() == 1


def test_a_partners_contact_sees_no_team(editor: User) -> None:
    team = save(editor)
    assert list(expert_teams_for(make_user(Role.EXPERT))) == [team]
    assert not expert_teams_for(make_user(Role.PARTNER_READER, make_unit(UnitKind.PARTNER))).exists()
