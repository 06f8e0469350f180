"""Rounds of selection: S0: prefectures recommend counties, the office chooses; counties choose their schools."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.models import PilotCounty, PilotSchool, SelectionRound
from pilots.queries.selection import candidates_for, rounds_for
from pilots.services import candidate as candidates
from pilots.services import selection as rounds
from pilots.services.candidate import TypedScore
from pilots.services.selection import TypedCriterion
from pilots.states.selection import CandidateState, RoundState
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.unit import update_unit
from portal.inbox.queries import waiting_for
from portal.notices.models import Notice
from portal.refusals import Refused, WrongState
from tests.factories import make_officer, make_unit, make_user
from tests.factories.selection import CRITERIA, full_scores, make_candidate, make_pilot, make_profile, make_round

pytestmark = pytest.mark.django_db


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).values_list("subject", flat=True))


def errands(user: User) -> list[str]:
    return [row.what for row in waiting_for(User.objects.get(pk=user.pk))]


@pytest.fixture
def prefecture() -> Unit:
    return make_unit(UnitKind.PREFECTURE, name="九江市")


@pytest.fixture
def county(prefecture: Unit) -> Unit:
    return make_unit(UnitKind.COUNTY, name="湖口县", parent=prefecture)


@pytest.fixture
def recommender(prefecture: Unit) -> User:
    return make_officer(prefecture)


def test_a_round_begins_by_asking_every_prefecture(editor: User, recommender: User, county: Unit) -> None:
    round = make_round(editor)
    assert round.state == RoundState.OPEN
    assert "推荐试点县（市、区）" in errands(recommender)
    assert any("首批试点县遴选" in subject for subject in told(recommender))


def test_who_has_put_somebody_forward_is_not_asked_any_more(editor: User, recommender: User, county: Unit) -> None:
    round = make_round(editor)
    candidates.put_forward(round, county, by=recommender)
    assert "推荐试点县（市、区）" not in errands(recommender)
    assert "填写后推荐" in errands(recommender)


def test_only_the_office_runs_a_round(editor: User, recommender: User) -> None:
    with pytest.raises(PermissionDenied):
        make_round(recommender)
    round = make_round(editor, opened=False)
    for act in rounds.ACTS.values():
        with pytest.raises(PermissionDenied):
            act(round, by=recommender)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"closes_on": timezone.localdate() - timedelta(days=9)}, "截止日期早于开始日期"),
        ({"term_since": timezone.localdate(), "term_until": timezone.localdate() - timedelta(days=1)}, "早于起始日期"),
        ({"name": ""}, "不能为空|This field"),
    ],
)
def test_a_round_with_wrong_days_is_refused_in_a_sentence(editor: User, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        make_round(editor, **fields)


def test_a_round_without_criteria_does_not_begin_and_criteria_need_weight(editor: User) -> None:
    today = timezone.localdate()
    fields: dict[str, Any] = {"name": "空", "level": "county", "opens_on": today, "closes_on": today}
    round = rounds.save_round(None, by=editor, criteria=[], **fields)
    with pytest.raises(Refused, match="还没有遴选标准"):
        rounds.open_round(round, by=editor)
    with pytest.raises(ValidationError, match="没有分值"):
        rounds.save_round(round, by=editor, criteria=[TypedCriterion("意愿")], **fields)
    with pytest.raises(ValidationError, match="写了两次"):
        rounds.save_round(round, by=editor, criteria=[CRITERIA[0], CRITERIA[0]], **fields)


def test_what_units_were_told_cannot_be_rewritten(editor: User) -> None:
    round = make_round(editor)
    with pytest.raises(Refused, match="不能再改"):
        rounds.save_round(round, by=editor, criteria=CRITERIA, name="另一个")
    with pytest.raises(Refused):
        rounds.delete_round(round, by=editor)


def test_a_round_in_preparation_is_the_offices_alone(editor: User, recommender: User) -> None:
    round = make_round(editor, opened=False)
    assert round in rounds_for(editor)
    assert round not in rounds_for(recommender)
    rounds.delete_round(round, by=editor)
    assert not SelectionRound.objects.exists()


def test_a_county_comes_from_recommendation_to_the_register(editor: User, recommender: User, county: Unit) -> None:
    candidate = make_candidate(make_round(editor), county, recommender)
    assert candidate.state == CandidateState.RECOMMENDED
    assert "办理推荐" in errands(editor)
    candidates.confirm(candidate, by=editor)
    pilot = PilotCounty.objects.get(unit=county)
    assert (pilot.candidate, pilot.during.lower, pilot.during.upper) == (candidate, timezone.localdate(), None)
    assert any("已确认入选" in subject for subject in told(recommender))


def test_the_term_of_the_round_is_the_term_of_its_pilots(editor: User, recommender: User, county: Unit) -> None:
    today = timezone.localdate()
    until = today + timedelta(days=700)
    candidate = make_candidate(make_round(editor, term_since=today, term_until=until), county, recommender)
    candidates.confirm(candidate, by=editor)
    during = PilotCounty.objects.get(unit=county).during
    assert (during.lower, during.upper) == (today, until + timedelta(days=1))


def test_a_unit_is_a_candidate_once_a_round(editor: User, recommender: User, county: Unit) -> None:
    round = make_round(editor)
    candidate = make_candidate(round, county, recommender)
    with pytest.raises(ValidationError, match="不能重复推荐"):
        candidates.put_forward(round, county, by=recommender)
    candidates.withdraw(candidate, by=recommender)
    with pytest.raises(ValidationError, match="不能重复推荐"):
        candidates.put_forward(round, county, by=recommender)
    assert candidates.resume(candidate, by=recommender).state == CandidateState.FILLING


def test_nobody_puts_forward_what_is_not_under_him(editor: User, county: Unit) -> None:
    round = make_round(editor)
    stranger = make_officer(make_unit(UnitKind.PREFECTURE, name="上饶市"))
    for person in (stranger, editor, make_officer(county)):
        with pytest.raises(PermissionDenied):
            candidates.put_forward(round, county, by=person)


def test_staff_writes_and_the_officer_sends(editor: User, recommender: User, county: Unit, prefecture: Unit) -> None:
    staff = make_user(Role.STAFF, prefecture)
    candidate = make_candidate(make_round(editor), county, staff, sent=False)
    with pytest.raises(PermissionDenied):
        candidates.recommend(candidate, by=staff)
    assert candidates.recommend(candidate, by=recommender).state == CandidateState.RECOMMENDED


def test_what_is_wanting_is_named_before_it_is_sent(editor: User, recommender: User, county: Unit) -> None:
    candidate = candidates.put_forward(make_round(editor), county, by=recommender)
    with pytest.raises(Refused, match="请填写推荐理由"):
        candidates.recommend(candidate, by=recommender)
    scores = full_scores(candidate)
    candidates.save_candidate(candidate, by=recommender, reasons="意愿强", scores=scores[1:])
    with pytest.raises(Refused, match="“保障条件”还没有打分"):
        candidates.recommend(candidate, by=recommender)
    unmet = [*scores[:2], TypedScore(scores[2].criterion, 0, is_met=False)]
    candidates.save_candidate(candidate, by=recommender, reasons="意愿强", scores=unmet)
    with pytest.raises(Refused, match="必须达到"):
        candidates.recommend(candidate, by=recommender)
    over = [TypedScore(scores[0].criterion, 61)]
    with pytest.raises(ValidationError, match="最高60分"):
        candidates.save_candidate(candidate, by=recommender, reasons="意愿强", scores=over)


def test_the_places_of_a_prefecture_are_counted(
    editor: User, recommender: User, prefecture: Unit, county: Unit
) -> None:
    round = make_round(editor, places=1)
    first = make_candidate(round, county, recommender)
    second = make_candidate(round, make_unit(UnitKind.COUNTY, parent=prefecture), recommender, sent=False)
    with pytest.raises(Refused, match="最多推荐1个"):
        candidates.recommend(second, by=recommender)
    candidates.withdraw(first, by=recommender)
    assert candidates.recommend(second, by=recommender).state == CandidateState.RECOMMENDED


def test_a_closed_round_refuses_in_a_plain_sentence(editor: User, recommender: User, county: Unit) -> None:
    round = make_round(editor)
    waiting = make_candidate(round, county, recommender, sent=False)
    rounds.close_round(round, by=editor)
    with pytest.raises(Refused, match="已结束推荐，不再接受"):
        candidates.recommend(waiting, by=recommender)
    assert "填写后推荐" not in errands(recommender)


def test_after_the_last_day_nothing_new_is_taken(editor: User, recommender: User, county: Unit) -> None:
    round = make_round(editor)
    today = timezone.localdate()
    SelectionRound.objects.filter(pk=round.pk).update(closes_on=today - timedelta(days=1))
    with pytest.raises(Refused, match="截止"):
        candidates.put_forward(round, county, by=recommender)
    SelectionRound.objects.filter(pk=round.pk).update(
        opens_on=today + timedelta(days=1), closes_on=today + timedelta(days=2)
    )
    with pytest.raises(Refused, match="开始推荐，请到时"):
        candidates.put_forward(round, county, by=recommender)


def test_what_was_returned_may_come_again_until_the_office_closes(
    editor: User, recommender: User, county: Unit
) -> None:
    round = make_round(editor)
    candidate = make_candidate(round, county, recommender)
    with pytest.raises(Refused, match="理由"):
        candidates.send_back(candidate, by=editor, reason=" ")
    candidates.send_back(candidate, by=editor, reason="请补充经费安排。")
    assert candidate.decision == "请补充经费安排。"
    assert "修改后重新推荐" in errands(recommender)
    SelectionRound.objects.filter(pk=round.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    assert candidates.recommend(candidate, by=recommender).state == CandidateState.RECOMMENDED
    rounds.close_round(round, by=editor)
    with pytest.raises(Refused, match="退回后不能重新推荐"):
        candidates.send_back(candidate, by=editor, reason="再改")


def test_a_decision_is_undone_until_it_is_published(editor: User, recommender: User, county: Unit) -> None:
    round = make_round(editor)
    candidate = make_candidate(round, county, recommender)
    candidates.confirm(candidate, by=editor)
    candidates.undo_decision(candidate, by=editor)
    assert not PilotCounty.objects.exists()
    candidates.decline(candidate, by=editor, reason="名额有限。")
    rounds.close_round(round, by=editor)
    rounds.publish_round(round, by=editor)
    with pytest.raises(Refused, match="已经公布"):
        candidates.undo_decision(candidate, by=editor)


def test_nothing_is_published_while_a_recommendation_is_undecided(
    editor: User, recommender: User, county: Unit
) -> None:
    round = make_round(editor)
    candidate = make_candidate(round, county, recommender)
    rounds.close_round(round, by=editor)
    with pytest.raises(Refused, match="还有1个候选单位没有办理"):
        rounds.publish_round(round, by=editor)
    candidates.confirm(candidate, by=editor)
    assert "公布遴选结果" in errands(editor)
    assert rounds.publish_round(round, by=editor).state == RoundState.PUBLISHED


def test_two_decisions_at_once_are_one(editor: User, reviewer: User, recommender: User, county: Unit) -> None:
    candidate = make_candidate(make_round(editor), county, recommender)
    stale = type(candidate).objects.get(pk=candidate.pk)
    candidates.confirm(candidate, by=editor)
    with pytest.raises(WrongState):
        candidates.decline(stale, by=reviewer, reason="名额有限。")


def test_who_is_a_pilot_already_is_not_registered_twice(editor: User, recommender: User, county: Unit) -> None:
    make_pilot(county)
    candidate = make_candidate(make_round(editor), county, recommender)
    with pytest.raises(ValidationError, match="已经是试点"):
        candidates.confirm(candidate, by=editor)
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.RECOMMENDED


def test_universities_give_opinions_and_the_office_decides(editor: User, recommender: User, county: Unit) -> None:
    university = make_unit(UnitKind.UNIVERSITY)
    professor = make_officer(university)
    candidate = make_candidate(make_round(editor), county, recommender, sent=False)
    with pytest.raises(PermissionDenied):
        candidates.give_opinion(candidate, university=university, by=professor, leaning="for", text="")
    candidates.recommend(candidate, by=recommender)
    with pytest.raises(ValidationError, match="请说明理由"):
        candidates.give_opinion(candidate, university=university, by=professor, leaning="doubtful", text=" ")
    for words in ("师资较弱。", "已了解清楚。"):
        candidates.give_opinion(candidate, university=university, by=professor, leaning="doubtful", text=words)
    assert [row.text for row in candidate.opinions.all()] == ["已了解清楚。"]
    with pytest.raises(PermissionDenied):
        candidates.confirm(candidate, by=professor)
    with pytest.raises(PermissionDenied):
        candidates.give_opinion(candidate, university=university, by=recommender, leaning="for", text="")


def test_a_candidate_is_seen_by_those_whose_business_it_is(editor: User, recommender: User, county: Unit) -> None:
    candidate = make_candidate(make_round(editor), county, recommender, sent=False)
    county_officer, neighbour = make_officer(county), make_officer(make_unit(UnitKind.PREFECTURE))
    university = make_officer(make_unit(UnitKind.UNIVERSITY))

    def sees(user: User) -> bool:
        return candidates_for(user).filter(pk=candidate.pk).exists()

    assert [sees(user) for user in (recommender, editor, county_officer, university, neighbour)] == [
        True,
        False,
        False,
        False,
        False,
    ]
    candidates.recommend(candidate, by=recommender)
    assert [sees(user) for user in (recommender, editor, county_officer, university, neighbour)] == [
        True,
        True,
        True,
        True,
        False,
    ]


class TestSchools:
    """A pilot county chooses its schools by the criteria, with a profile; the office registers them."""

    @pytest.fixture
    def school(self, county: Unit) -> Unit:
        return make_unit(UnitKind.SCHOOL, name="湖口县第二中学", parent=county)

    @pytest.fixture
    def bureau(self, county: Unit) -> User:
        return make_officer(county)

    def test_only_a_pilot_county_reports_schools(self, editor: User, bureau: User, county: Unit, school: Unit) -> None:
        round = make_round(editor, level="school", name="试点学校遴选")
        with pytest.raises(Refused, match="现在不是试点县"):
            candidates.put_forward(round, school, by=bureau)
        make_pilot(county)
        assert candidates.put_forward(round, school, by=bureau).recommended_by == county

    def test_a_school_is_reported_with_its_profile(
        self, editor: User, bureau: User, county: Unit, school: Unit
    ) -> None:
        make_pilot(county)
        candidate = make_candidate(make_round(editor, level="school"), school, bureau, sent=False)
        with pytest.raises(Refused, match="学校基本情况"):
            candidates.recommend(candidate, by=bureau)
        profile = make_profile(school)
        candidates.recommend(candidate, by=bureau)
        assert candidate.profile == profile
        assert candidate.get_state_display() == "已上报"
        candidates.confirm(candidate, by=editor)
        assert PilotSchool.objects.get().unit == school

    def test_pilot_counties_are_asked_and_others_are_not(self, editor: User, bureau: User, county: Unit) -> None:
        make_pilot(county)
        other = make_officer(make_unit(UnitKind.COUNTY))
        make_round(editor, level="school")
        assert "上报试点学校" in errands(bureau)
        assert errands(other) == []

    def test_a_county_is_no_candidate_among_schools(self, editor: User, recommender: User, county: Unit) -> None:
        round = make_round(editor, level="school")
        with pytest.raises(Refused, match="不在范围内"):
            candidates.put_forward(round, county, by=recommender)

    def test_a_school_that_was_closed_meanwhile_is_not_sent(
        self, editor: User, bureau: User, county: Unit, school: Unit
    ) -> None:
        make_pilot(county)
        make_profile(school)
        candidate = make_candidate(make_round(editor, level="school"), school, bureau, sent=False)
        update_unit(school, by=None, is_active=False)
        with pytest.raises(Refused, match="已停用"):
            candidates.recommend(candidate, by=bureau)
