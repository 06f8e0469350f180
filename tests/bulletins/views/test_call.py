"""约稿 as the office and the units meet it."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bulletins.models import Call, Submission
from bulletins.services.call import create_call
from bulletins.services.call_answer import say_no_report
from bulletins.states import CallState
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.accounts.services.unit import update_unit
from tests.bulletins.calls import in_days, make_call, target_of
from tests.factories import make_officer, make_unit

SignIn = Callable[[User], Client]


def unit_of(user: User) -> Unit:
    return user.posts_today[0].unit


class TestDrafting:
    def test_kind_area_and_names_make_the_list_that_is_shown_before_it_is_sent(
        self, editor: User, signed_in: SignIn
    ) -> None:
        prefecture = make_unit(UnitKind.PREFECTURE)
        county = make_unit(UnitKind.COUNTY, name="青山县", parent=prefecture)
        make_unit(UnitKind.COUNTY, name="远山县")
        university = make_unit(name="绿水学院")
        client = signed_in(editor)
        typed = {
            "topic": "秋季教研",
            "wanted": "一篇",
            "deadline": in_days(5).isoformat(),
            "kinds": ["county"],
            "areas": [prefecture.pk],
            "names": "绿水学院",
        }
        page = client.post(reverse("call-new"), typed, follow=True)
        call = Call.objects.get()
        assert {target.unit for target in call.targets.all()} == {county, university}
        words = page.content.decode()
        assert ("2</span>个单位" in words, "其中2个单位还没有信息员" in words) == (True, True)

        ticked = {"keep": [target_of(call, university).pk], "then": "send"}
        client.post(reverse("call-targets", args=[call.pk]), ticked)
        call.refresh_from_db()
        assert (call.state, [target.unit for target in call.targets.all()]) == (CallState.SENT, [university])

    def test_a_refused_form_keeps_what_was_typed(self, editor: User, signed_in: SignIn) -> None:
        typed = {"topic": "研" * 5000, "wanted": "写清数据", "names": "查无此校"}
        page = signed_in(editor).post(reverse("call-new"), typed)
        words = page.content.decode()
        assert page.status_code == 422
        assert "没有找到这些单位" in words
        assert "写清数据" in words
        page = signed_in(editor).post(reverse("call-new"), typed | {"names": ""})
        assert "主题有5000字" in page.content.decode()

    def test_sending_to_nobody_or_too_late_is_told(self, editor: User, signed_in: SignIn, officer: User) -> None:
        call = create_call(by=editor, topic="教研", wanted="一篇", deadline=in_days(-1), units=[unit_of(officer)])
        client, target = signed_in(editor), call.targets.get()
        page = client.post(reverse("call-targets", args=[call.pk]), {"keep": [target.pk], "then": "send"}, follow=True)
        assert "已经过去" in page.content.decode()
        page = client.post(reverse("call-targets", args=[call.pk]), {"then": "send"}, follow=True)
        assert "还没有发送对象" in page.content.decode()
        call.refresh_from_db()
        assert call.state == CallState.DRAFT


class TestTable:
    def test_it_says_where_each_unit_stands_and_filters_narrow(
        self, editor: User, officer: User, signed_in: SignIn
    ) -> None:
        silent, gone = make_unit(name="静水学院"), make_unit(name="停用学院")
        call = make_call(editor, [unit_of(officer), silent, gone])
        update_unit(gone, by=None, is_active=False)
        say_no_report(target_of(call, unit_of(officer)), by=officer, reason="没有活动")
        client = signed_in(editor)
        words = client.get(reverse("call", args=[call.pk])).content.decode()
        assert all(said in words for said in ("原因：没有活动", "无信息员", "单位已停用", "发出时没有通知到人"))
        words = client.get(reverse("call", args=[call.pk]), {"standing": "silent"}).content.decode()
        assert ("静水学院" in words, "原因：没有活动" in words) == (True, False)
        Call.objects.filter(pk=call.pk).update(deadline=in_days(-2))
        words = client.get(reverse("call", args=[call.pk]), {"standing": "overdue"}).content.decode()
        assert "逾期未应稿 1" in words

    def test_it_goes_out_as_a_table(self, editor: User, officer: User, signed_in: SignIn) -> None:
        call = make_call(editor, [unit_of(officer)])
        answer = signed_in(editor).get(reverse("call-export", args=[call.pk]))
        rows = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].values)
        assert rows[2][0] == unit_of(officer).name
        assert (rows[2][3], rows[2][7]) == ("未应稿", officer.name)

    def test_it_asks_the_same_number_of_queries_for_one_and_for_thirty(
        self, editor: User, officer: User, signed_in: SignIn
    ) -> None:
        client = signed_in(editor)

        def cost(units: list[Unit], topic: str) -> int:
            call = make_call(editor, units, topic=topic)
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse("call", args=[call.pk]))
            return len(captured)

        cost([unit_of(officer)], "热身")
        one = cost([unit_of(officer)], "一")
        assert cost([unit_of(make_officer()) for _ in range(30)], "三十") == one

    def test_a_reason_that_is_missing_and_a_bad_deadline_are_told(
        self, editor: User, officer: User, signed_in: SignIn
    ) -> None:
        call = make_call(editor, [unit_of(officer)])
        client = signed_in(editor)
        assert client.post(reverse("call-act", args=[call.pk, "cancel"]), {"reason": ""}).status_code == 409
        page = client.post(reverse("call-extend", args=[call.pk]), {"deadline": in_days(1).isoformat()})
        assert (page.status_code, "须晚于" in page.content.decode()) == (422, True)
        page = client.post(reverse("call-remind", args=[call.pk]), follow=True)
        assert f"已提醒1人：{officer.name}" in page.content.decode()


class TestUnit:
    def test_one_click_answers(self, editor: User, officer: User, signed_in: SignIn) -> None:
        call = make_call(editor, [unit_of(officer)])
        client = signed_in(officer)
        assert "写稿" in client.get(reverse("own-call", args=[call.pk])).content.decode()
        client.post(reverse("own-call-answer", args=[target_of(call, unit_of(officer)).pk]))
        draft = Submission.objects.get()
        assert (draft.call, draft.title) == (call, "秋季教研")
        assert "应约稿：" in client.get(reverse("submission", args=[draft.pk])).content.decode()

    def test_no_report_is_one_click_with_a_usual_reason(self, editor: User, officer: User, signed_in: SignIn) -> None:
        call = make_call(editor, [unit_of(officer)])
        client, target = signed_in(officer), target_of(call, unit_of(officer))
        assert "本期没有相关活动" in client.get(reverse("own-call", args=[call.pk])).content.decode()
        address = reverse("own-call-no-report", args=[target.pk])
        assert client.post(address, {"reason": " "}).status_code == 409
        client.post(address, {"reason": "本期没有相关活动"})
        target.refresh_from_db()
        assert target.no_report_at is not None

    def test_the_box_asks_the_same_number_of_queries_for_one_and_for_thirty(
        self, editor: User, officer: User, signed_in: SignIn
    ) -> None:
        client = signed_in(officer)
        make_call(editor, [unit_of(officer)])
        client.get(reverse("own-calls"))
        with CaptureQueriesContext(connection) as one:
            client.get(reverse("own-calls"))
        for number in range(29):
            make_call(editor, [unit_of(officer)], topic=f"约稿{number}")
        with CaptureQueriesContext(connection) as thirty:
            assert "约稿28" in client.get(reverse("own-calls")).content.decode()
        assert len(thirty) == len(one)

    def test_points_stand_on_the_desk_of_the_unit_until_the_end_of_their_month(
        self, editor: User, officer: User, signed_in: SignIn
    ) -> None:
        call = make_call(editor, [unit_of(officer)], kind=Call.Kind.POINTS, topic="本月要点", wanted="报教研联合体")
        client = signed_in(officer)
        assert "报教研联合体" in client.get(reverse("home")).content.decode()
        Call.objects.filter(pk=call.pk).update(deadline=in_days(-40))
        assert "报教研联合体" not in client.get(reverse("home")).content.decode()
