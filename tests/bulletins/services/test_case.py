"""A case on its way: written in a frame, signed, sent, returned for another round, kept, published, taken off."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from bulletins.casebook import Part
from bulletins.models import Case
from bulletins.services.case import (
    CaseFacts,
    approve_case,
    begin_case,
    changes_between,
    delete_case,
    save_case,
    submit_case,
    withdraw_case,
)
from bulletins.services.case_desk import decline_case, hide_case, keep_case, publish_case, reopen_case, return_case
from bulletins.services.case_frame import save_frame
from bulletins.services.saving import StaleSave
from bulletins.states.case import CaseState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.inbox.models import Waiting
from portal.refusals import Refused, WrongState
from tests.factories import make_officer, make_unit, make_user
from tests.factories.case import (
    WORDS,
    ask,
    make_case,
    make_expert,
    make_kept_case,
    make_public_case,
    make_sent_case,
    score,
    the_frame,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_user(Role.EDITOR)


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def waiting_for(case: Case) -> set[str]:
    return set(Waiting.objects.filter(object_id=case.pk, content_type__model="case").values_list("what", flat=True))


class TestFrame:
    def test_a_case_keeps_the_frame_it_was_begun_with(self, editor: User) -> None:
        case, frame = make_case(), the_frame()
        save_frame(
            frame, name=frame.name, parts=[Part("做法", most=10)], criteria=case.own_criteria, topics=["新"], by=editor
        )
        assert [part.name for part in again(case).own_parts] == ["背景意义", "主要做法", "经验启示"]
        other = make_case(topic="新")
        assert [part.name for part in other.own_parts] == ["做法"]

    def test_a_frame_out_of_use_begins_no_case(self, editor: User) -> None:
        frame, officer = the_frame(), make_officer()
        frame.is_active = False
        frame.save()
        with pytest.raises(Refused, match="已停用"):
            begin_case(frame=frame, unit=officer.posts_today[0].unit, by=officer)

    @pytest.mark.parametrize(
        ("parts", "sentence"),
        [
            ([], "至少填写一项组成部分"),
            ([Part("做法"), Part("做法")], "写了两次"),
            ([Part("做法", least=20, most=10)], "下限高于上限"),
            ([Part("做法", most=0)], "上限须在1到"),
        ],
    )
    def test_a_frame_that_does_not_hold_together_is_refused(
        self, editor: User, parts: list[Part], sentence: str
    ) -> None:
        frame = the_frame()
        criteria = make_case().own_criteria
        with pytest.raises(ValidationError, match=sentence):
            save_frame(frame, name="典型案例", parts=parts, criteria=criteria, topics=["机制建设"], by=editor)

    def test_only_the_office_changes_frames(self) -> None:
        with pytest.raises(PermissionDenied):
            save_frame(None, name="另一种", parts=[Part("做法")], criteria=[], topics=["新"], by=make_officer())


class TestWriting:
    def test_another_units_officer_begins_none(self) -> None:
        with pytest.raises(PermissionDenied):
            begin_case(frame=the_frame(), unit=make_unit(), by=make_officer())

    def test_an_untouched_draft_is_taken_up_again(self) -> None:
        officer = make_officer()
        unit = officer.posts_today[0].unit
        first = begin_case(frame=the_frame(), unit=unit, by=officer)
        assert begin_case(frame=the_frame(), unit=unit, by=officer) == first

    def test_a_save_on_top_of_an_older_copy_is_noticed(self) -> None:
        officer = make_officer()
        case = make_case(officer)
        with pytest.raises(StaleSave):
            save_case(case, CaseFacts(title="旧"), by=officer, version=case.version - 1)
        assert again(case).title == "两地教师同备一堂课"

    def test_what_is_too_long_is_named_by_its_field(self) -> None:
        officer = make_officer()
        case = make_case(officer)
        facts = CaseFacts(title="题" * 101, texts={"主要做法": "做" * 10_001})
        with pytest.raises(ValidationError) as caught:
            save_case(case, facts, by=officer, version=case.version)
        assert set(caught.value.message_dict) == {"title", "part_1"}

    def test_an_incomplete_case_does_not_leave_its_unit(self) -> None:
        officer = make_officer()
        case = make_case(officer, texts={"背景意义": "短。"}, topic="")
        with pytest.raises(ValidationError) as caught:
            submit_case(case, by=officer)
        assert caught.value.messages == [
            "请选择主题。",
            "“背景意义”有2字，不足100字，请补充。",
            "请填写“主要做法”（500—4000字）。",
            "请填写“经验启示”（150—1500字）。",
        ]
        assert again(case).state == CaseState.DRAFT

    def test_a_case_that_was_sent_in_is_not_thrown_away(self) -> None:
        officer = make_officer()
        case = withdraw_case(make_sent_case(officer), by=officer)
        with pytest.raises(Refused, match="已经报送过"):
            delete_case(case, by=officer)


class TestSending:
    def test_with_an_approver_it_goes_to_him_first(self) -> None:
        officer = make_officer()
        approver = make_user(Role.UNIT_APPROVER, officer.posts_today[0].unit)
        case = submit_case(make_case(officer), by=officer)
        assert case.state == CaseState.AWAITING_UNIT
        assert waiting_for(case) == {"审核本单位案例"}
        assert case.versions.count() == 0
        approve_case(case, by=approver)
        assert (case.state, case.versions.get().title) == (CaseState.SENT, case.title)
        assert waiting_for(case) == {"安排案例评审"}

    def test_nobody_approves_what_he_wrote(self) -> None:
        officer = make_officer()
        unit = officer.posts_today[0].unit
        both = make_user(Role.UNIT_APPROVER, unit)
        case = make_case(officer)
        Case.objects.filter(pk=case.pk).update(author=both)
        make_user(Role.UNIT_APPROVER, unit)
        case = submit_case(again(case), by=officer)
        with pytest.raises(PermissionDenied):
            approve_case(case, by=both)

    def test_once_with_the_office_its_words_stand(self) -> None:
        officer = make_officer()
        case = make_sent_case(officer)
        with pytest.raises(Refused, match="不能修改"):
            save_case(case, CaseFacts(title="改"), by=officer, version=case.version)

    def test_it_can_be_taken_back_until_experts_are_asked(self, editor: User) -> None:
        officer = make_officer()
        case = make_sent_case(officer)
        ask(case, make_expert(), by=editor)
        with pytest.raises(WrongState):
            withdraw_case(again(case), by=officer)


class TestRounds:
    def test_each_version_that_left_is_frozen_and_differences_are_shown(self, editor: User) -> None:
        officer = make_officer()
        case = make_sent_case(officer)
        return_case(case, by=editor, reason="请补充参加人数。")
        assert waiting_for(case) == {"修改后重报案例"}
        words = WORDS | {"经验启示": WORDS["经验启示"] + "共有46所学校参加。"}
        case = save_case(case, CaseFacts(title=case.title, topic=case.topic, texts=words), by=officer, version=2)
        submit_case(case, by=officer)
        first, second = case.versions.all()
        assert (first.number, second.number, case.reason) == (1, 2, "")
        new = [piece.text for piece in changes_between(first, second) if piece.kind == "new"]
        assert new == ["共有46所学校参加。"]
        assert changes_between(None, first) == []


class TestLibrary:
    def test_it_is_kept_only_after_experts_have_scored(self, editor: User) -> None:
        case = make_sent_case()
        with pytest.raises(Refused, match="还没有专家评分"):
            keep_case(case, by=editor)

    def test_it_is_not_kept_while_an_expert_is_still_at_work(self, editor: User) -> None:
        case = make_sent_case()
        first, _second = ask(case, make_expert(), make_expert(), by=editor)
        score(first)
        with pytest.raises(Refused, match="还有1位专家没有评分"):
            keep_case(again(case), by=editor)

    def test_publishing_is_a_decision_of_its_own(self, editor: User) -> None:
        case = make_kept_case(editor)
        assert case.state == CaseState.KEPT
        with pytest.raises(PermissionDenied):
            publish_case(case, by=editor)
        publish_case(case, by=make_user(Role.REVIEWER))
        assert case.published_at is not None
        assert waiting_for(case) == set()

    def test_it_is_taken_off_the_public_pages_with_a_reason(self, editor: User) -> None:
        case, reviewer = make_public_case(editor), make_user(Role.REVIEWER)
        with pytest.raises(Refused, match="请写明"):
            hide_case(case, by=reviewer, reason=" ")
        hide_case(case, by=reviewer, reason="数据需要核实。")
        assert (case.state, case.reason, case.published_at) == (CaseState.KEPT, "数据需要核实。", None)

    def test_what_was_declined_can_be_taken_up_anew(self, editor: User) -> None:
        case = decline_case(make_sent_case(), by=editor, reason="与协同提质关系不大。")
        reopen_case(case, by=editor, reason="单位补充了情况。")
        assert (case.state, case.reason) == (CaseState.SENT, "")
