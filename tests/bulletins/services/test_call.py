"""约稿: drafting, sending, extending, ending."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from bulletins.models import Call
from bulletins.services.call import (
    add_call_targets,
    cancel_call,
    close_call,
    copy_call,
    create_call,
    delete_call,
    extend_call,
    keep_targets,
    reopen_call,
    save_call,
    send_call,
)
from bulletins.services.call_answer import say_no_report
from bulletins.states import CallState
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role
from portal.accounts.services.unit import update_unit
from portal.audit.models import history
from portal.refusals import Refused, WrongState
from tests.bulletins.calls import in_days, make_call, target_of, waits_of
from tests.factories import make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


class TestSending:
    def test_units_find_it_among_what_waits_with_its_deadline_and_are_told(self, editor: User, officer: User) -> None:
        unit = officer.posts_today[0].unit
        deputy = make_user(Role.DEPUTY_OFFICER, unit)
        call = make_call(editor, [unit])
        assert call.state == CallState.SENT
        for person in (officer, deputy):
            assert waits_of(person) == ["约稿：秋季教研"]
            assert person.notices.get().subject.startswith("约稿：秋季教研")
        assert target_of(call, unit).told == [officer.name, deputy.name]

    def test_other_units_hear_nothing(self, editor: User, officer: User) -> None:
        make_call(editor, [make_unit()])
        assert waits_of(officer) == []
        assert not officer.notices.exists()

    def test_who_reports_for_two_units_gets_one_message(self, editor: User, officer: User) -> None:
        other = make_unit()
        from portal.accounts.services.post import give_post

        give_post(user=officer, unit=other, role=Role.INFORMATION_OFFICER, by=None)
        make_call(editor, [officer.posts_today[0].unit, other])
        assert officer.notices.count() == 1
        assert len(waits_of(officer)) == 2

    def test_a_unit_without_an_officer_is_asked_and_nobody_was_told(self, editor: User) -> None:
        unit = make_unit()
        call = make_call(editor, [unit])
        assert target_of(call, unit).told == []

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"topic": " "}, "请填写主题"),
            ({"wanted": ""}, "请写明要什么样的稿件"),
            ({"deadline": None}, "请填写截止日期"),
            ({"deadline": in_days(-1)}, "已经过去"),
            ({"units": []}, "还没有发送对象"),
        ],
    )
    def test_what_is_wanting_is_said_and_nothing_is_sent(
        self, editor: User, officer: User, fields: dict[str, object], sentence: str
    ) -> None:
        given = {"topic": "教研", "wanted": "一篇", "deadline": in_days(3), "units": [officer.posts_today[0].unit]}
        call = create_call(by=editor, **(given | fields))  # type: ignore[arg-type]
        with pytest.raises(ValidationError) as refused:
            send_call(call, by=editor)
        assert sentence in "".join(refused.value.messages)
        call.refresh_from_db()
        assert call.state == CallState.DRAFT
        assert waits_of(officer) == []

    def test_a_topic_of_five_thousand_characters_is_refused_with_its_length(self, editor: User) -> None:
        with pytest.raises(ValidationError, match="5000字"):
            create_call(by=editor, topic="研" * 5000)

    def test_it_is_sent_once(self, editor: User, officer: User) -> None:
        call = make_call(editor, [officer.posts_today[0].unit])
        with pytest.raises(WrongState):
            send_call(Call.objects.get(pk=call.pk), by=editor)
        assert officer.notices.count() == 1

    def test_the_same_words_to_the_same_day_are_not_sent_as_a_second_call(self, editor: User, officer: User) -> None:
        call = make_call(editor, [officer.posts_today[0].unit])
        again = copy_call(call, by=editor, deadline=call.deadline)
        with pytest.raises(ValidationError, match="增加单位"):
            send_call(again, by=editor)

    def test_a_unit_that_went_out_of_use_in_between_is_left_out(self, editor: User, officer: User) -> None:
        gone = make_unit()
        unit = officer.posts_today[0].unit
        call = create_call(by=editor, topic="教研", wanted="一篇", deadline=in_days(3), units=[gone, unit])
        update_unit(unit=gone, by=None, is_active=False)
        send_call(call, by=editor)
        assert [target.unit for target in call.targets.all()] == [unit]

    def test_the_office_does_not_ask_itself(self, editor: User) -> None:
        call = create_call(by=editor, topic="教研", units=[the_office()])
        assert not call.targets.exists()

    @pytest.mark.parametrize("role", [Role.REVIEWER, Role.ISSUER, Role.AUDITOR, Role.ADMIN, Role.LEADER])
    def test_only_editors_call(self, role: Role) -> None:
        with pytest.raises(PermissionDenied):
            create_call(by=make_user(role), topic="教研")


class TestDraft:
    def test_units_are_added_once_and_single_ones_taken_out(self, editor: User) -> None:
        one, two = make_unit(), make_unit()
        call = create_call(by=editor, topic="教研", units=[one])
        save_call(call, by=editor, topic="教研活动", wanted="", deadline=None, units=[one, two])
        assert call.targets.count() == 2
        keep_targets(call, by=editor, keep=[target_of(call, two).pk])
        assert [target.unit for target in call.targets.all()] == [two]

    def test_what_was_sent_is_no_draft_any_more(self, editor: User, officer: User) -> None:
        call = make_call(editor, [officer.posts_today[0].unit])
        with pytest.raises(Refused, match="征集中"):
            save_call(call, by=editor, topic="别的", wanted="", deadline=None)
        with pytest.raises(Refused):
            delete_call(call, by=editor)
        with pytest.raises(Refused):
            keep_targets(call, by=editor, keep=[])

    def test_a_draft_can_be_thrown_away(self, editor: User) -> None:
        call = create_call(by=editor, topic="教研")
        delete_call(call, by=editor)
        assert not Call.objects.filter(pk=call.pk).exists()

    def test_a_copy_has_the_words_and_the_units_in_use(self, editor: User, officer: User) -> None:
        unit, gone = officer.posts_today[0].unit, make_unit()
        call = make_call(editor, [unit, gone])
        update_unit(unit=gone, by=None, is_active=False)
        copy = copy_call(call, by=editor)
        assert (copy.topic, copy.wanted, copy.deadline, copy.state) == (call.topic, call.wanted, None, CallState.DRAFT)
        assert [target.unit for target in copy.targets.all()] == [unit]


class TestOpenCall:
    def test_more_time_is_told_to_who_has_not_answered_and_recorded(self, editor: User, officer: User) -> None:
        silent, spoken = officer, make_officer()
        units = [person.posts_today[0].unit for person in (silent, spoken)]
        call = make_call(editor, units)
        say_no_report(target_of(call, units[1]), by=spoken, reason="没有活动")
        extend_call(call, by=editor, deadline=in_days(20))
        assert call.deadline == in_days(20)
        assert silent.notices.filter(subject__contains="截止日期延至").exists()
        assert not spoken.notices.filter(subject__contains="截止日期延至").exists()
        assert history(call).filter(action="bulletins.call.extend", data__deadline=in_days(20).isoformat()).exists()

    def test_the_deadline_only_moves_on(self, editor: User, officer: User) -> None:
        call = make_call(editor, [officer.posts_today[0].unit])
        with pytest.raises(ValidationError, match="须晚于"):
            extend_call(call, by=editor, deadline=in_days(5))

    def test_units_asked_later_are_told_and_the_others_not_again(self, editor: User, officer: User) -> None:
        late = make_officer()
        unit, added = officer.posts_today[0].unit, late.posts_today[0].unit
        call = make_call(editor, [unit])
        add_call_targets(call, by=editor, units=[unit, added])
        assert waits_of(late) == ["约稿：秋季教研"]
        assert (late.notices.count(), officer.notices.count()) == (1, 1)
        assert history(call).filter(action="bulletins.call.add_targets", data__units=[added.name]).exists()
        with pytest.raises(ValidationError, match="没有新的单位"):
            add_call_targets(call, by=editor, units=[unit])

    def test_closing_and_cancelling_need_a_reason_and_end_the_waiting(self, editor: User, officer: User) -> None:
        unit = officer.posts_today[0].unit
        for end, told in ((close_call, False), (cancel_call, True)):
            call = make_call(editor, [unit], topic=end.__name__)
            with pytest.raises(Refused, match="理由"):
                end(call, by=editor, reason=" ")
            end(call, by=editor, reason="已收齐")
            assert waits_of(officer) == []
            assert officer.notices.filter(subject__contains="已取消").exists() is told

    def test_a_closed_call_can_go_on(self, editor: User, officer: User) -> None:
        call = make_call(editor, [officer.posts_today[0].unit])
        close_call(call, by=editor, reason="已收齐")
        reopen_call(call, by=editor)
        assert waits_of(officer) == ["约稿：秋季教研"]

    def test_asking_a_hundred_units_takes_no_more_queries_than_asking_one(
        self, editor: User, django_assert_max_num_queries: object
    ) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def cost(count: int) -> int:
            units = [make_officer().posts_today[0].unit for _ in range(count)]
            call = create_call(by=editor, topic=f"教研{count}", wanted="一篇", deadline=in_days(3), units=units)
            with CaptureQueriesContext(
                connection,
            ) as captured:
                send_call(call, by=editor)
            return len(captured)

        assert cost(12) == cost(1)
