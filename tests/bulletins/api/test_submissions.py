"""Reports over the API: the same rules and the same rows as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bulletins.models import Submission
from bulletins.services.acts import ACTS
from bulletins.services.submission import save_draft
from bulletins.states import SUBMISSION_TRANSITIONS, SubmissionState
from pilots.models import Activity, ActivityKind, Batch
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import make_draft, make_officer, make_report, make_unit, make_user

SignIn = Callable[[User], Client]
LIST = "/api/v1/submissions/"


def send(client: Client, address: str, **data: Any) -> Any:
    return client.post(address, data, content_type="application/json")


def test_every_button_of_the_table_has_a_service_behind_it() -> None:
    assert {transition.name for transition in SUBMISSION_TRANSITIONS if transition.is_button} == set(ACTS)


class TestSeeing:
    def test_a_visitor_is_told_to_sign_in(self, client: Client, db: None) -> None:
        assert client.get(LIST).status_code == 401

    def test_an_officer_sees_the_reports_of_the_own_unit_only(self, signed_in: SignIn, officer: User) -> None:
        own, _ = make_draft(officer), make_draft(make_officer())
        answer = signed_in(officer).get(LIST).json()
        assert [row["id"] for row in answer["results"]] == [own.pk]

    def test_another_units_report_is_not_there(self, signed_in: SignIn, officer: User) -> None:
        other = make_report()
        assert signed_in(officer).get(f"{LIST}{other.pk}/").status_code == 404

    def test_the_desk_sees_what_has_come_in_and_no_drafts(self, signed_in: SignIn, editor: User) -> None:
        report = make_report()
        make_draft(make_officer())
        assert [row["id"] for row in signed_in(editor).get(LIST).json()["results"]] == [report.pk]

    def test_the_list_is_narrowed_by_state_and_words(self, signed_in: SignIn, editor: User) -> None:
        report = make_report(title="走教音乐课")
        make_report(title="集体备课")
        client = signed_in(editor)
        assert [row["id"] for row in client.get(LIST, {"text": "走教"}).json()["results"]] == [report.pk]
        assert client.get(LIST, {"state": "adopted"}).json()["count"] == 0

    def test_a_filter_that_does_not_exist_is_named(self, signed_in: SignIn, editor: User) -> None:
        answer = signed_in(editor).get(LIST, {"state": "lost", "since": "昨天"})
        assert answer.status_code == 400
        assert set(answer.json()) == {"state", "since"}

    def test_the_list_asks_as_often_for_thirty_rows_as_for_one(self, signed_in: SignIn, officer: User) -> None:
        client = signed_in(officer)
        make_draft(officer)
        with CaptureQueriesContext(
            connection,
        ) as one:
            client.get(LIST)
        for number in range(29):
            make_draft(officer, title=f"第{number}次教研")
        with CaptureQueriesContext(connection) as thirty:
            assert client.get(LIST).json()["count"] == 30
        assert len(thirty) == len(one)

    def test_the_offices_text_is_for_the_desk(self, signed_in: SignIn, editor: User, officer: User) -> None:
        report = make_report(officer)
        assert "print_text" in signed_in(editor).get(f"{LIST}{report.pk}/").json()
        assert "print_text" not in signed_in(officer).get(f"{LIST}{report.pk}/").json()


class TestHandingIn:
    FACTS = {
        "kind": "送教下乡",
        "start": "2024-10-28",
        "end": "2024-10-31",
        "place": "中心小学",
        "people": [{"who": "师范生", "number": 38}, {"number": 200, "exactness": "余", "is_total": True}],
    }

    def test_a_report_comes_in_with_its_facts(self, signed_in: SignIn, officer: User) -> None:
        partner = make_unit("county", "青山县")
        facts = self.FACTS | {"partners": ["青山县"], "batches": [Batch.objects.first().short_name]}  # type: ignore[union-attr]
        answer = send(signed_in(officer), LIST, title="送教下乡", text="骨干教师送课。", activities=[facts])
        assert answer.status_code == 201
        activity = Submission.objects.get(pk=answer.json()["id"]).activities.get()
        assert (activity.kind, str(activity.start), str(activity.end)) == (
            ActivityKind.objects.get(name="送教下乡"),
            "2024-10-28",
            "2024-10-31",
        )
        assert [str(row) for row in activity.head_counts.all()] == ["师范生38人", "共计200余人"]
        assert list(activity.partners.all()) == [partner]
        shown = answer.json()["activities"][0]
        assert (shown["start"], shown["people"][0]["number"]) == ("2024-10-28", 38)
        assert answer["Location"] == answer.json()["url"]

    def test_wrong_facts_are_named_by_field_and_nothing_is_kept(self, signed_in: SignIn, officer: User) -> None:
        facts = [{"kind": "联欢", "start": "2024年", "sessions": 0, "partners": ["无此单位"]}]
        answer = send(signed_in(officer), LIST, title="甲", text="乙", activities=facts)
        assert answer.status_code == 400
        assert set(answer.json()["activities"]["0"]) == {"kind", "start", "sessions", "partners"}
        assert not Submission.objects.exists()

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-30"])
    def test_a_day_that_cannot_be_meant_is_named(self, signed_in: SignIn, officer: User, day: str) -> None:
        answer = send(signed_in(officer), LIST, title="甲", text="乙", activities=[{"start": day, "end": day}])
        assert (answer.status_code, set(answer.json()["activities"]["0"])) == (400, {"start", "end"})

    def test_an_end_before_the_start_is_refused_with_a_sentence(self, signed_in: SignIn, officer: User) -> None:
        facts = [self.FACTS | {"end": "2024-10-01"}]
        answer = send(signed_in(officer), LIST, title="甲", text="乙", activities=facts)
        assert answer.status_code == 400
        assert answer.json()["activities"] == ["第1项活动：结束日期早于开始日期，请核对。"]
        assert not Submission.objects.exists()
        assert not Activity.objects.exists()

    def test_nobody_hands_in_for_another_unit(self, signed_in: SignIn, officer: User) -> None:
        other = make_unit()
        answer = send(signed_in(officer), LIST, unit=other.pk, title="甲", text="乙")
        assert answer.status_code == 403

    def test_who_reports_for_no_unit_is_asked_for_one(self, signed_in: SignIn, editor: User) -> None:
        answer = send(signed_in(editor), LIST, title="甲", text="乙")
        assert answer.status_code == 400
        assert "unit" in answer.json()

    def test_a_text_beyond_all_bounds_is_refused_by_field(self, signed_in: SignIn, officer: User) -> None:
        answer = send(signed_in(officer), LIST, title="甲", text="长" * 10_001)
        assert answer.status_code == 400
        assert "超过10000字" in answer.json()["text"][0]

    def test_what_is_no_json_is_refused(self, signed_in: SignIn, officer: User) -> None:
        answer = signed_in(officer).post(LIST, "{", content_type="application/json")
        assert answer.status_code == 400


class TestChanging:
    def test_words_are_changed_from_the_version_that_was_read(self, signed_in: SignIn, officer: User) -> None:
        draft = make_draft(officer)
        client = signed_in(officer)
        data = {"title": "新标题", "version": draft.version}
        answer = client.patch(f"{LIST}{draft.pk}/", data, content_type="application/json")
        assert answer.status_code == 200
        draft.refresh_from_db()
        assert (draft.title, answer.json()["version"]) == ("新标题", draft.version)

    def test_a_stale_change_gets_what_is_stored_now(self, signed_in: SignIn, officer: User) -> None:
        draft = make_draft(officer)
        save_draft(draft, by=officer, title="同事的标题", text="同事的正文", version=draft.version)
        data = {"title": "迟到的标题", "version": draft.version}
        answer = signed_in(officer).patch(f"{LIST}{draft.pk}/", data, content_type="application/json")
        assert answer.status_code == 409
        assert answer.json()["current"]["title"] == "同事的标题"
        draft.refresh_from_db()
        assert draft.title == "同事的标题"

    def test_what_was_sent_in_is_not_changed_any_more(self, signed_in: SignIn, officer: User) -> None:
        report = make_report(officer)
        data = {"title": "又改", "version": report.version}
        answer = signed_in(officer).patch(f"{LIST}{report.pk}/", data, content_type="application/json")
        assert answer.status_code == 409


class TestActing:
    def act(self, client: Client, submission: Submission, name: str, **data: str) -> Any:
        return send(client, f"{LIST}{submission.pk}/{name}/", **data)

    def test_the_whole_way_from_draft_to_adopted(self, signed_in: SignIn, officer: User, editor: User) -> None:
        draft = make_draft(officer)
        assert self.act(signed_in(officer), draft, "submit").json()["state"] == SubmissionState.IN_REVIEW
        assert self.act(signed_in(editor), draft, "adopt").json()["state"] == SubmissionState.ADOPTED

    def test_with_an_approver_the_report_goes_there_first(self, signed_in: SignIn, officer: User) -> None:
        draft = make_draft(officer)
        approver = make_user(Role.UNIT_APPROVER, draft.unit)
        assert self.act(signed_in(officer), draft, "submit").json()["state"] == SubmissionState.AWAITING_UNIT
        assert self.act(signed_in(approver), draft, "approve").json()["state"] == SubmissionState.IN_REVIEW

    def test_the_actions_shown_are_those_that_work(self, signed_in: SignIn, officer: User, editor: User) -> None:
        report = make_report(officer)
        shown = signed_in(editor).get(f"{LIST}{report.pk}/").json()["actions"]
        assert {(row["name"], row["needs_reason"]) for row in shown} == {
            ("adopt", False),
            ("return", True),
            ("decline", True),
        }
        assert [row["name"] for row in signed_in(officer).get(f"{LIST}{report.pk}/").json()["actions"]] == ["withdraw"]

    @pytest.mark.parametrize("name", ["return", "decline"])
    def test_without_a_reason_nothing_is_sent_back(self, name: str, signed_in: SignIn, editor: User) -> None:
        report = make_report()
        answer = self.act(signed_in(editor), report, name)
        assert answer.status_code == 409
        assert "理由" in answer.json()["detail"]
        assert self.act(signed_in(editor), report, name, reason="缺日期").json()["reason"] == "缺日期"

    def test_a_second_adoption_is_refused_with_a_sentence(self, signed_in: SignIn, editor: User) -> None:
        report = make_report()
        self.act(signed_in(editor), report, "adopt")
        answer = self.act(signed_in(editor), report, "adopt")
        assert answer.status_code == 409
        assert "已采用待编发" in answer.json()["detail"]

    def test_an_officer_does_not_decide(self, signed_in: SignIn, officer: User) -> None:
        report = make_report(officer)
        assert self.act(signed_in(officer), report, "adopt").status_code == 403

    def test_an_outsider_finds_nothing_to_act_on(self, signed_in: SignIn, officer: User) -> None:
        assert self.act(signed_in(officer), make_report(), "withdraw").status_code == 404

    @pytest.mark.parametrize("name", ["mark_printed", "start_editing", "nonsense"])
    def test_what_is_no_button_is_no_address(self, name: str, signed_in: SignIn, editor: User) -> None:
        assert self.act(signed_in(editor), make_report(), name).status_code == 404

    def test_a_report_that_lacks_a_title_is_named_by_field(self, signed_in: SignIn, officer: User) -> None:
        draft = make_draft(officer, title="")
        answer = self.act(signed_in(officer), draft, "submit")
        assert answer.status_code == 400
        assert answer.json() == {"title": ["请填写标题。"]}
