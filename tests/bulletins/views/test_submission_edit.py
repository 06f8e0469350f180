"""Writing a report: nothing typed is lost, whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bulletins.models import Submission
from bulletins.services.submission import create_submission, save_draft
from bulletins.states import SubmissionState
from bulletins.validators import MOST_ACTIVITIES
from pilots.models import ActivityKind
from pilots.services.activity_row import Row
from portal.accounts.models import User
from tests.factories import make_draft, make_report, make_unit

SignIn = Callable[[User], Client]
JSON = {"Accept": "application/json"}
TEXT = (
    "★ **到青山县开展种子教师系列活动。**11月4日，学院专家到青山县与种子教师一起修改教学设计，教师32人参加研讨会。\n"
    "6日至7日，学院举办班主任培训，教师72人次参加。"
)


@pytest.fixture
def draft(officer: User) -> Submission:
    return create_submission(unit=officer.posts_today[0].unit, by=officer)


@pytest.fixture
def client_of_officer(officer: User, signed_in: SignIn) -> Client:
    return signed_in(officer)


def typed(submission: Submission, *rows: dict[str, str], **words: str) -> dict[str, Any]:
    data: dict[str, Any] = {"title": "标题", "text": "正文。", "version": submission.version} | words
    data["row"] = [f"n{number}" for number in range(len(rows))]
    for number, row in enumerate(rows):
        data |= {f"n{number}-{name}": value for name, value in row.items()}
    return data


def post(client: Client, name: str, submission: Submission, data: dict[str, Any], **headers: str) -> Any:
    return client.post(reverse(name, args=[submission.pk]), data, headers=headers or JSON)


class TestAutosave:
    def test_it_saves_and_tells_what_it_understood(self, client_of_officer: Client, draft: Submission) -> None:
        row = {"date": "2024年11月1日和8日", "people": "师范生38人"}
        answer = post(client_of_officer, "submission-autosave", draft, typed(draft, row)).json()
        draft.refresh_from_db()
        assert (draft.title, draft.version, answer["version"]) == ("标题", 2, 2)
        assert answer["saved"].startswith("已于")
        assert answer["hints"]["n0"]["date"]["text"] == "2024年11月1日、8日"
        assert answer["hints"]["n0"]["people"]["chips"] == ["师范生38人"]

    def test_a_wrong_row_is_marked_and_still_there_after_a_reload(
        self, client_of_officer: Client, draft: Submission
    ) -> None:
        answer = post(client_of_officer, "submission-autosave", draft, typed(draft, {"date": "2月30日"})).json()
        assert answer["hints"]["n0"]["date"]["is_error"]
        page = client_of_officer.get(reverse("submission-edit", args=[draft.pk])).content.decode()
        assert 'value="2月30日"' in page
        assert "在日历上不存在" in page

    def test_a_colleague_s_save_is_shown_beside_and_not_overwritten(
        self, client_of_officer: Client, officer: User, draft: Submission
    ) -> None:
        save_draft(
            draft, by=officer, title="先存的", text="先存的正文。", version=1, rows=[Row("n1", place="先存的地点")]
        )
        answer = post(client_of_officer, "submission-autosave", draft, typed(draft, text="我写的正文。"))
        assert answer.status_code == 409
        assert answer.json()["stale"]
        assert "先存的正文。" in answer.json()["conflict"]
        assert "先存的地点" in answer.json()["conflict"]
        assert "我写的正文。" in answer.json()["conflict"]
        draft.refresh_from_db()
        assert draft.text == "先存的正文。"
        again = typed(draft, text="我写的正文。") | {"version": answer.json()["version"]}
        assert post(client_of_officer, "submission-autosave", draft, again).status_code == 200

    def test_an_expired_session_is_told_to_the_script_as_401(self, draft: Submission) -> None:
        answer = post(Client(), "submission-autosave", draft, typed(draft), **JSON, **{"HX-Request": "true"})
        assert answer.status_code == 401

    def test_a_text_of_two_megabytes_is_refused_in_a_sentence(
        self, client_of_officer: Client, draft: Submission
    ) -> None:
        answer = post(client_of_officer, "submission-autosave", draft, typed(draft, text="长" * 700_000))
        assert answer.status_code == 422
        assert "超过10000字" in answer.json()["message"]

    @pytest.mark.parametrize("words", [{"text": "零\x00字"}, {"version": "乱写"}])
    def test_what_cannot_be_stored_is_refused_in_a_sentence(
        self, client_of_officer: Client, draft: Submission, words: dict[str, str]
    ) -> None:
        answer = post(client_of_officer, "submission-autosave", draft, typed(draft, **words))
        assert (answer.status_code, bool(answer.json()["message"])) == (422, True)

    def test_more_rows_than_any_report_has_are_refused_in_a_sentence(
        self, client_of_officer: Client, draft: Submission
    ) -> None:
        data = typed(draft, *[{"place": "县城"}] * (MOST_ACTIVITIES + 1))
        answer = post(client_of_officer, "submission-autosave", draft, data)
        assert (answer.status_code, f"超过{MOST_ACTIVITIES}项" in answer.json()["message"]) == (422, True)

    def test_a_sent_report_stays_as_it_was_sent(self, client_of_officer: Client, officer: User) -> None:
        report = make_report(officer)
        answer = post(client_of_officer, "submission-autosave", report, typed(report))
        assert (answer.status_code, answer.json()["stale"]) == (409, False)
        assert "已报送" in answer.json()["message"]

    def test_rows_without_number_cost_no_more_queries(self, client_of_officer: Client, draft: Submission) -> None:
        partner = make_unit().name
        counts = []
        for number in (1, 30):
            draft.refresh_from_db()
            data = typed(draft, *[{"date": "11月1日", "partners": partner}] * number)
            with CaptureQueriesContext(connection) as queries:
                assert post(client_of_officer, "submission-autosave", draft, data).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestRecognition:
    def test_an_empty_title_and_the_rows_are_filled_from_the_text(
        self, client_of_officer: Client, draft: Submission
    ) -> None:
        answer = post(client_of_officer, "submission-recognise", draft, typed(draft, title="", text=TEXT)).json()
        draft.refresh_from_db()
        assert draft.title == "到青山县开展种子教师系列活动"
        assert draft.text.startswith("11月4日")
        dates = [row["date"][5:] for row in draft.draft_rows or []]
        assert dates == ["11月4日", "11月6日至7日"]
        assert "2项活动" in answer["said"][0]
        assert "新识别" in answer["rows"]

    def test_a_typed_title_is_kept_and_the_text_stays_whole(self, client_of_officer: Client, draft: Submission) -> None:
        post(client_of_officer, "submission-recognise", draft, typed(draft, title="我的标题", text=TEXT))
        draft.refresh_from_db()
        assert (draft.title, draft.text) == ("我的标题", TEXT)

    def test_a_row_changed_by_hand_is_kept_and_only_what_is_new_is_offered(
        self, client_of_officer: Client, draft: Submission
    ) -> None:
        post(client_of_officer, "submission-recognise", draft, typed(draft, title="标题", text=TEXT))
        draft.refresh_from_db()
        first, second = draft.draft_rows or []
        data = typed(draft, text=f"{TEXT}8日，学院召开总结会。") | {"row": [first["key"], second["key"]]}
        for row in (first, second):
            data |= {f"{row['key']}-{name}": row[name] or "" for name in row if name not in {"key"}}
        data[f"{first['key']}-place"] = "青山县第一小学"
        answer = post(client_of_officer, "submission-recognise", draft, data).json()
        draft.refresh_from_db()
        rows = draft.draft_rows or []
        assert [row["date"][5:] for row in rows] == ["11月4日", "11月6日至7日", "11月8日"]
        assert rows[0]["place"] == "青山县第一小学"
        assert "您填写或改过的1项保持不变" in answer["said"][0]
        assert answer["rows"].count("新识别") == 1

    def test_a_text_without_dates_says_so(self, client_of_officer: Client, draft: Submission) -> None:
        answer = post(client_of_officer, "submission-recognise", draft, typed(draft, text="我校建立了听课制度。"))
        assert "没有读到带日期的活动" in answer.json()["said"][0]

    def test_it_works_without_script(self, client_of_officer: Client, draft: Submission) -> None:
        answer = post(client_of_officer, "submission-recognise", draft, typed(draft, text=TEXT), Accept="text/html")
        assert answer["Location"] == reverse("submission-edit", args=[draft.pk])


class TestPageWithoutScript:
    def press(self, client: Client, submission: Submission, button: str, **words: Any) -> Any:
        data = typed(submission, {"place": "县城"}) | {"do": button} | words
        return client.post(reverse("submission-edit", args=[submission.pk]), data)

    def test_saving_keeps_all(self, client_of_officer: Client, draft: Submission) -> None:
        assert self.press(client_of_officer, draft, "save").status_code == 302
        draft.refresh_from_db()
        assert (draft.draft_rows or [])[0]["place"] == "县城"

    def test_rows_are_added_and_removed(self, client_of_officer: Client, draft: Submission) -> None:
        page = self.press(client_of_officer, draft, "add").content.decode()
        assert page.split("<template")[0].count("<fieldset") == 2
        draft.refresh_from_db()
        self.press(client_of_officer, draft, "save", remove="n0")
        draft.refresh_from_db()
        assert draft.draft_rows == []

    def test_sending_with_an_incomplete_row_says_what_is_missing(
        self, client_of_officer: Client, draft: Submission
    ) -> None:
        answer = self.press(client_of_officer, draft, "submit")
        assert answer.status_code == 422
        assert "第1项活动还没有填类型和日期" in answer.content.decode()
        assert 'value="县城"' in answer.content.decode()

    def test_a_complete_report_is_sent_with_its_facts(self, client_of_officer: Client, draft: Submission) -> None:
        kind = ActivityKind.objects.get(name="培训")
        extra = {"n0-kind": str(kind.pk), "n0-date": "2024年11月5日"}
        assert self.press(client_of_officer, draft, "submit", **extra).status_code == 302
        draft.refresh_from_db()
        assert (draft.state, draft.activities.get().kind) == (SubmissionState.IN_REVIEW, kind)

    def test_a_conflict_shows_both_texts_and_the_next_save_is_a_decision(
        self, client_of_officer: Client, officer: User, draft: Submission
    ) -> None:
        save_draft(draft, by=officer, title="先存的", text="先存的正文。", version=1)
        answer = self.press(client_of_officer, draft, "save", text="我写的正文。")
        words = answer.content.decode()
        assert answer.status_code == 409
        assert "先存的正文。" in words
        assert "我写的正文。" in words
        assert '<input type="hidden" name="version" value="2">' in words

    def test_two_megabytes_come_back_on_the_page(self, client_of_officer: Client, draft: Submission) -> None:
        answer = self.press(client_of_officer, draft, "save", text="长" * 700_000)
        assert answer.status_code == 422
        assert "长" * 700_000 in answer.content.decode()
        assert "超过10000字" in answer.content.decode()

    def test_a_report_that_is_no_longer_with_the_unit_is_shown_instead(
        self, client_of_officer: Client, officer: User
    ) -> None:
        report = make_report(officer)
        answer = client_of_officer.get(reverse("submission-edit", args=[report.pk]))
        assert answer["Location"] == reverse("submission", args=[report.pk])

    def test_stored_activities_stand_in_the_rows(self, client_of_officer: Client, officer: User) -> None:
        page = client_of_officer.get(reverse("submission-edit", args=[make_draft(officer).pk])).content.decode()
        assert 'value="2024年11月5日"' in page
