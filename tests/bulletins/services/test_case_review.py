"""Experts: who may score, what, and who learns of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from bulletins.models import Case, CaseReview
from bulletins.queries.case import cases_for, cases_open_to, reviews_for, words_for_writer
from bulletins.queries.case_experts import possible_experts
from bulletins.services.case import submit_case
from bulletins.services.case_desk import keep_case, return_case
from bulletins.services.case_review import assign_experts, release_expert, score_case
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.post import give_post
from portal.inbox.models import Waiting
from portal.refusals import Refused
from tests.factories import LONG_SINCE, make_officer, make_unit, make_user
from tests.factories.case import ask, make_expert, make_sent_case, score

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_user(Role.EDITOR)


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


class TestAssigning:
    def test_experts_of_the_own_unit_are_refused_by_name(self, editor: User) -> None:
        officer = make_officer()
        case = make_sent_case(officer)
        own = make_expert(case.unit)
        with pytest.raises(Refused, match=f"{own}在.*任职，与本案例有关，不能评审"):
            ask(case, own, by=editor)
        assert not CaseReview.objects.exists()

    def test_so_are_those_of_a_partner_and_of_what_stands_above(self, editor: User) -> None:
        county = make_unit(UnitKind.COUNTY)
        school = make_unit(UnitKind.SCHOOL, parent=county)
        partner = make_unit()
        case = make_sent_case(make_officer(school), partners=[partner])
        for unit in (partner, county):
            with pytest.raises(Refused, match="不能评审"):
                ask(case, make_expert(unit), by=editor)

    def test_a_neighbour_and_the_offices_expert_are_free_to_judge(self, editor: User) -> None:
        county = make_unit(UnitKind.COUNTY)
        case = make_sent_case(make_officer(make_unit(UnitKind.SCHOOL, parent=county)))
        neighbour = make_expert(make_unit(UnitKind.SCHOOL, parent=county))
        of_office = make_expert(the_office())
        assert {neighbour, of_office} <= set(possible_experts(case))
        assert len(ask(case, neighbour, of_office, by=editor)) == 2

    def test_nobody_but_an_expert_scores(self, editor: User) -> None:
        with pytest.raises(Refused, match="现在不是专家"):
            ask(make_sent_case(), make_officer(), by=editor)

    def test_a_day_that_is_past_is_no_deadline(self, editor: User) -> None:
        yesterday = timezone.localdate() - timedelta(days=1)
        with pytest.raises(Refused, match="已经过去"):
            assign_experts(make_sent_case(), experts=[make_expert()], due=yesterday, by=editor)

    def test_asked_twice_is_asked_once(self, editor: User) -> None:
        case, expert = make_sent_case(), make_expert()
        ask(case, expert, by=editor)
        with pytest.raises(Refused, match="都已在评审"):
            ask(again(case), expert, by=editor)

    def test_it_waits_for_each_expert_until_he_has_scored(self, editor: User) -> None:
        case, first, second = make_sent_case(), make_expert(), make_expert()
        reviews = ask(case, first, second, by=editor)
        assert Waiting.objects.filter(what="评审案例").count() == 2
        score(reviews[0])
        assert Waiting.objects.get(what="评审案例").user == second
        release_expert(CaseReview.objects.get(pk=reviews[1].pk), by=editor)
        assert Waiting.objects.filter(object_id=case.pk, what="决定案例是否入库").exists()


class TestScoring:
    def test_every_criterion_is_scored_within_its_points(self, editor: User) -> None:
        (review,) = ask(make_sent_case(), make_expert(), by=editor)
        points: dict[str, Decimal | None] = {"针对性": Decimal(21), "创新性": Decimal("-1"), "成效": Decimal("20.55")}
        with pytest.raises(ValidationError) as caught:
            score_case(review, scores=points, words="好。", by=review.expert)
        assert caught.value.messages == [
            "“针对性”的评分须在0到20分之间。",
            "“创新性”的评分须在0到20分之间。",
            "“成效”的评分最多一位小数。",
            "请给“可推广性”评分。",
            "请给“表述”评分。",
        ]

    def test_points_without_words_help_nobody(self, editor: User) -> None:
        (review,) = ask(make_sent_case(), make_expert(), by=editor)
        with pytest.raises(ValidationError, match="请写评审意见"):
            score(review, words=" ")

    def test_another_expert_scores_only_his_own(self, editor: User) -> None:
        (review,) = ask(make_sent_case(), make_expert(), by=editor)
        with pytest.raises(PermissionDenied):
            score_case(review, scores={}, words="好。", by=make_expert())

    def test_who_has_joined_the_unit_meanwhile_scores_no_more(self, editor: User) -> None:
        case, expert = make_sent_case(), make_expert()
        (review,) = ask(case, expert, by=editor)
        give_post(user=expert, unit=case.unit, role=Role.STAFF, by=None, since=LONG_SINCE)
        expert = User.objects.get(pk=expert.pk)
        points = {one.name: Decimal(1) for one in case.own_criteria}
        with pytest.raises(Refused, match="不能评审"):
            score_case(review, scores=points, words="好。", by=expert)

    def test_after_the_decision_nothing_is_scored(self, editor: User) -> None:
        case = make_sent_case()
        (review,) = ask(case, make_expert(), by=editor)
        score(review)
        keep_case(again(case), by=editor)
        with pytest.raises(Refused):
            score(CaseReview.objects.get(pk=review.pk), "0.1")


class TestWhoSeesWhat:
    def test_experts_see_what_they_score_and_nothing_else(self, editor: User) -> None:
        case, other = make_sent_case(), make_sent_case()
        first, second = make_expert(), make_expert()
        reviews = ask(case, first, second, by=editor)
        ask(other, second, by=editor)
        assert list(reviews_for(first)) == [reviews[0]]
        assert list(cases_open_to(first)) == [case]
        assert not cases_for(first).exists()

    def test_who_is_no_expert_any_more_sees_nothing(self, editor: User) -> None:
        expert = make_expert()
        ask(make_sent_case(), expert, by=editor)
        expert.posts.all().delete()
        assert not reviews_for(User.objects.get(pk=expert.pk)).exists()

    def test_writers_read_the_words_after_the_decision_and_no_names(self, editor: User) -> None:
        officer = make_officer()
        case = make_sent_case(officer)
        for review, words in zip(
            ask(case, make_expert(), make_expert(), by=editor), ("乙：补充数据。", "甲：很好。"), strict=True
        ):
            score(review, words=words)
        assert words_for_writer(again(case)) == []
        return_case(again(case), by=editor, reason="请按专家意见修改。")
        assert words_for_writer(again(case)) == [(1, sorted(["甲：很好。", "乙：补充数据。"]))]
        submit_case(again(case), by=officer)
        assert words_for_writer(again(case)) == [(1, sorted(["甲：很好。", "乙：补充数据。"]))]
