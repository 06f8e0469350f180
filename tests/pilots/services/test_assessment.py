"""捆绑式考核: from self-assessment to the published result."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pilots.models import Assessment, Indicator, ItemScore
from pilots.queries.assessed_figures import evidence_of
from pilots.queries.assessment import assessments_for, reviewing, scores_for
from pilots.queries.tally import tallies
from pilots.services.assessment import (
    cancel,
    open_assessment,
    publish,
    show,
    take_figures_again,
    to_county,
    to_reviewers,
)
from pilots.services.assessment_result import digest, result_of
from pilots.services.objection import answer_objection, raise_objection
from pilots.services.reviewing import TypedReview, assign_reviewer, save_reviews
from pilots.services.scheme import save_item
from pilots.services.self_assessment import finish_review, settle_score, write_self_assessment
from pilots.states.assessment import AssessmentState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.accounts.services.post import give_post
from portal.inbox.queries import waiting_for
from portal.refusals import Refused
from tests.factories import make_user
from tests.factories.assessment import ITEMS, item_fields, make_assessment, make_expert, make_scheme
from tests.factories.assessment_round import Round
from tests.factories.community import lead_of, make_community, make_school, member_of

pytestmark = pytest.mark.django_db


def waits(user: User) -> set[str]:
    return {row.what for row in waiting_for(User.objects.get(pk=user.pk))}


def test_lead_members_and_joint_part_make_the_total() -> None:
    """36 of the lead; members 33 and 25 of their reviewers, 29 on average; 18 shared."""
    round = Round()
    round.shown()
    (one,) = tallies(round.assessment)
    assert [one.effort, one.improvement, one.joint, one.total] == [36, 29, 18, 83]


def test_average_and_spread_of_reviewers_who_are_blind_to_each_other() -> None:
    round = Round()
    round.scored()
    (one,) = tallies(round.assessment)
    found = [line.reviews for line in one.lines if line.reviews]
    assert [[row.count, row.average, row.spread] for row in found] == [[2, 33, 6], [2, 25, 10]]
    assert list(reviewing(round.experts[0])) == [round.reviewer(0)]


def test_each_step_waits_for_those_whose_turn_it_is() -> None:
    round = Round()
    round.open()
    assert waits(round.lead) == waits(round.members[0]) == {"完成自评并提交"}
    to_county(round.assessment, by=round.editor)
    assert waits(round.lead) == set()
    assert waits(round.county) == {"复核自评"}


def test_a_reviewer_sees_only_what_he_scores_and_only_in_its_time() -> None:
    round = Round()
    round.with_county()
    expert = round.experts[0]
    assert not assessments_for(expert).exists()
    assert not scores_for(expert).exists()
    finish_review(round.assessed, by=round.county)
    for one in round.experts:
        assign_reviewer(round.assessed, one, by=round.editor)
    to_reviewers(round.assessment, by=round.editor)
    assert {row.item.code for row in scores_for(expert)} == {"B1"}
    round.time_passes()
    assert not scores_for(expert).exists()
    assert not reviewing(expert).exists()
    with pytest.raises(Refused, match="评审时间已过"):
        save_reviews(round.reviewer(0), by=expert, reviews=[])


def test_a_reviewer_never_scores_his_own_unit() -> None:
    round = Round()
    own = make_expert(lead_of(round.community))
    with pytest.raises(Refused, match="不能评审本单位"):
        assign_reviewer(round.assessed, own, by=round.editor)
    bureau = make_expert()
    give_post(user=bureau, unit=round.community.area, role=Role.STAFF, by=None)
    with pytest.raises(Refused, match="不能评审本单位"):
        assign_reviewer(round.assessed, bureau, by=round.editor)


def test_who_joins_a_unit_after_he_was_named_can_score_it_no_more() -> None:
    round = Round()
    round.with_reviewers()
    expert = round.experts[0]
    give_post(user=expert, unit=member_of(round.community), role=Role.STAFF, by=None)
    with pytest.raises(Refused, match="不能评审本单位"):
        save_reviews(round.reviewer(0), by=User.objects.get(pk=expert.pk), reviews=[])


def test_a_reviewer_needs_a_post_that_lasts() -> None:
    round = Round()
    with pytest.raises(Refused, match="不是专家"):
        assign_reviewer(round.assessed, make_user(), by=round.editor)
    with pytest.raises(Refused, match="之前到期"):
        assign_reviewer(round.assessed, make_expert(days=5), by=round.editor)


def test_points_above_what_an_item_is_worth_are_refused_everywhere() -> None:
    round = Round()
    round.open()
    with pytest.raises(ValidationError, match="最高40分"):
        write_self_assessment(round.score("A1"), by=round.lead, points=Decimal("40.5"), words="")
    to_county(round.assessment, by=round.editor)
    with pytest.raises(ValidationError, match="最高40分"):
        settle_score(round.score("A1"), by=round.county, points=Decimal(41), reason="多了")
    for score in ItemScore.objects.filter(assessed=round.assessed, item__way="self"):
        settle_score(score, by=round.county, points=Decimal(10), reason="没有自评")
    finish_review(round.assessed, by=round.county)
    assign_reviewer(round.assessed, round.experts[0], by=round.editor)
    to_reviewers(round.assessment, by=round.editor)
    typed = [TypedReview(round.score("B1", round.members[0]).pk, Decimal(41))]
    with pytest.raises(ValidationError, match="最高40分"):
        save_reviews(round.reviewer(0), by=round.experts[0], reviews=typed)


def test_words_of_a_reviewer_without_points_are_not_lost_unsaid() -> None:
    round = Round()
    round.with_reviewers()
    typed = [TypedReview(round.score("B1", round.members[0]).pk, None, "进步明显。")]
    with pytest.raises(ValidationError, match="请同时打分"):
        save_reviews(round.reviewer(0), by=round.experts[0], reviews=typed)


def test_the_county_agrees_or_sets_its_own_points_with_a_reason() -> None:
    round = Round()
    round.with_county()
    with pytest.raises(ValidationError, match="写明理由"):
        settle_score(round.score("A1"), by=round.county, points=Decimal(30), reason=" ")
    settle_score(round.score("A1"), by=round.county, points=Decimal(30), reason="佐证不足。")
    (one,) = tallies(round.assessment)
    assert one.effort == 30
    with pytest.raises(PermissionDenied):
        settle_score(round.score("A1"), by=round.lead, points=Decimal(40), reason="自己改")


def test_a_school_writes_only_for_itself_and_not_after_handing_in() -> None:
    round = Round()
    round.self_assessed()
    with pytest.raises(Refused, match="撤回自评"):
        write_self_assessment(round.score("A1"), by=round.lead, points=Decimal(1), words="")
    with pytest.raises(PermissionDenied):
        write_self_assessment(round.score("A1"), by=round.members[0], points=Decimal(1), words="")
    assert {row.item.code for row in scores_for(round.members[0])} == {"B1", "C1"}
    assert scores_for(round.members[0]).filter(item__code="B1").count() == 1


def test_a_changed_scheme_changes_no_round_that_has_opened() -> None:
    round = Round()
    round.shown()
    scheme = round.assessment.scheme
    save_item(scheme.items.get(code="A1"), scheme=scheme, by=round.editor, **item_fields(weight=1, name="改了"))
    item = round.assessment.items.get(code="A1")
    assert item.name == "资源输出"
    assert item.weight == 40
    assert tallies(round.assessment)[0].total == 83


def test_an_indicator_out_of_use_goes_on_counting_where_it_was_chosen() -> None:
    editor, community = make_user(Role.EDITOR), make_community()
    given = {"code": "A2", "weight": 40, "way": "formula", "formula": "s2-school-support * 2", "full_at": 1}
    scheme = make_scheme(editor, ({"share": "lead", **given}, *ITEMS[1:]))
    assessment = make_assessment(editor, [community], scheme)
    open_assessment(assessment, by=editor)
    Indicator.objects.filter(code="s2-school-support").update(is_active=False)
    take_figures_again(assessment, by=editor)
    score = ItemScore.objects.get(item__code="A2")
    assert score.figure == 0
    assert [one.indicator.code for one in evidence_of(score)] == ["s2-school-support"]


def test_an_objection_upheld_changes_the_points_and_tells_the_unit() -> None:
    round = Round()
    round.shown()
    unit = round.members[0].posts_today[0].unit
    score = round.score("B1", round.members[0])
    made = raise_objection(score, unit=unit, by=round.members[0], text="漏看了公开课材料。")
    assert "答复异议" in waits(round.editor)
    with pytest.raises(ValidationError, match="改后得分"):
        answer_objection(made, by=round.editor, upheld=True, answer="属实。")
    answer_objection(made, by=round.editor, upheld=True, answer="属实。", points=Decimal(39))
    (one,) = tallies(round.assessment)
    assert [one.improvement, one.total] == [32, 86]
    assert made.score.objections.get().before == 33
    changed = [(line.upheld.before, line.points) for line in one.members[0].lines if line.upheld]
    assert changed == [(Decimal(33), Decimal(39))], "the tables say what became of it"
    assert round.members[0].notices.filter(occasion=f"objection:{made.pk}").exists()


def test_an_objection_that_is_not_upheld_leaves_the_points() -> None:
    round = Round()
    round.shown()
    unit = round.lead.posts_today[0].unit
    made = raise_objection(round.score("C1"), unit=unit, by=round.lead, text="次数算少了。")
    with pytest.raises(ValidationError, match="答复"):
        answer_objection(made, by=round.editor, upheld=False, answer="")
    answer_objection(made, by=round.editor, upheld=False, answer="次数核对无误。")
    assert tallies(round.assessment)[0].joint == 18


def test_objections_are_taken_in_their_time_and_of_units_concerned() -> None:
    round = Round()
    round.scored()
    unit = round.lead.posts_today[0].unit
    with pytest.raises(Refused, match="不受理异议"):
        raise_objection(round.score("A1"), unit=unit, by=round.lead, text="早了。")
    show(round.assessment, by=round.editor)
    other = round.members[0].posts_today[0].unit
    with pytest.raises(PermissionDenied):
        raise_objection(round.score("A1"), unit=other, by=round.members[0], text="别人的。")
    round.time_passes()
    with pytest.raises(Refused, match="截止"):
        raise_objection(round.score("A1"), unit=unit, by=round.lead, text="晚了。")


def test_the_published_result_is_frozen_and_recomputing_gives_the_same() -> None:
    round = Round()
    round.shown()
    with pytest.raises(Refused, match="异议期还没有结束"):
        publish(round.assessment, by=round.editor)
    made = raise_objection(round.score("A1"), unit=round.lead.posts_today[0].unit, by=round.lead, text="少了。")
    round.time_passes()
    with pytest.raises(Refused, match="1项异议没有答复"):
        publish(round.assessment, by=round.editor)
    answer_objection(made, by=round.editor, upheld=False, answer="核对无误。")
    publish(round.assessment, by=round.editor)
    found = Assessment.objects.get(pk=round.assessment.pk)
    assert found.state == AssessmentState.PUBLISHED
    result: dict[str, Any] = found.result or {}
    assert result["communities"][0]["total"] == "83"
    assert digest(result) == found.sha256 == digest(result_of(found, tallies(found)))
    with pytest.raises(Refused):
        cancel(found, by=round.editor, reason="不要了")


def test_no_result_is_shown_while_a_score_is_wanting() -> None:
    round = Round()
    round.with_reviewers()
    with pytest.raises(Refused, match="还有2项没有得分"):
        show(round.assessment, by=round.editor)


def test_a_round_opens_only_with_weights_that_make_the_full_points() -> None:
    editor = make_user(Role.EDITOR)
    light = make_scheme(editor, ITEMS[:2], name="少了一项")
    assessment = make_assessment(editor, [make_community()], light)
    with pytest.raises(Refused, match="合计80分，应为100分"):
        open_assessment(assessment, by=editor)


def test_the_base_period_lies_before_and_is_as_long() -> None:
    editor, community = make_user(Role.EDITOR), make_community()
    scheme = make_scheme(editor)
    with pytest.raises(ValidationError, match="不能重叠"):
        make_assessment(editor, [community], scheme, period="2024-2025", base_period="2024-2025-1")
    with pytest.raises(ValidationError, match="长短不同"):
        make_assessment(editor, [community], scheme, period="2024-2025", base_period="2023-2024-1")


def test_a_bureau_assesses_its_own_communities_only() -> None:
    round = Round()
    other = make_community(name="外县共同体")
    scheme = round.assessment.scheme
    with pytest.raises(ValidationError, match="不在"):
        make_assessment(round.county, [other], scheme, held_by=round.community.area, name="县考核")
    with pytest.raises(PermissionDenied):
        make_assessment(round.lead, [round.community], scheme, held_by=round.community.area, name="校考核")


def test_a_stranger_sees_nothing_of_it() -> None:
    round = Round()
    round.shown()
    stranger = make_user(Role.STAFF, make_school())
    assert not assessments_for(stranger).exists()
    assert not scores_for(stranger).exists()
