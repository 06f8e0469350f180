"""信息报送 as its people meet it: owner, colleague, approver, outsider, editor, signed out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bulletins.models import Submission
from bulletins.services.desk import decline_submission, return_submission
from bulletins.services.submission import create_submission, withdraw_submission
from bulletins.states import SubmissionState
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role
from portal.accounts.services.post import give_post
from tests.factories import LONG_SINCE, make_adopted, make_draft, make_officer, make_report, make_unit, make_user

SignIn = Callable[[User], Client]
PAGES = ("submission", "submission-preview")
POSTS = ("submission-delete", "submission-autosave", "submission-recognise")


def unit_of(user: User) -> Unit:
    return user.posts_today[0].unit


@pytest.fixture
def approver(officer: User) -> User:
    return make_user(Role.UNIT_APPROVER, unit_of(officer))


class TestList:
    def test_one_sees_the_reports_of_ones_own_units_in_all_states(self, officer: User, signed_in: SignIn) -> None:
        make_draft(officer, title="本单位草稿")
        make_report(title="别家的稿件")
        page = signed_in(officer).get(reverse("submissions"))
        assert "本单位草稿" in page.content.decode()
        assert "别家的稿件" not in page.content.decode()

    def test_an_empty_list_says_what_to_do(self, officer: User, signed_in: SignIn) -> None:
        words = signed_in(officer).get(reverse("submissions")).content.decode()
        assert "还没有稿件" in words
        assert "新建报送" in words

    def test_filters_narrow_and_wrong_ones_are_told(self, officer: User, signed_in: SignIn) -> None:
        make_draft(officer, title="草稿一篇")
        make_report(officer, title="已送一篇")
        client = signed_in(officer)
        words = client.get(reverse("submissions"), {"state": "in_review"}).content.decode()
        assert ("已送一篇" in words, "草稿一篇" in words) == (True, False)
        words = client.get(reverse("submissions"), {"text": "草稿", "since": "哪天"}).content.decode()
        assert ("草稿一篇" in words, "日期请写成" in words) == (True, True)
        assert client.get(reverse("submissions"), {"text": "\x00"}).status_code == 200

    def test_it_asks_the_same_number_of_queries_for_one_and_for_thirty(self, officer: User, signed_in: SignIn) -> None:
        client = signed_in(officer)
        make_draft(officer)
        with CaptureQueriesContext(connection) as one:
            client.get(reverse("submissions"))
        for _ in range(29):
            make_draft(officer)
        with CaptureQueriesContext(connection) as thirty:
            assert client.get(reverse("submissions")).content.decode().count("list-title") == 30
        assert len(one) == len(thirty)

    def test_who_has_no_part_in_reporting_is_turned_away(self, editor: User, signed_in: SignIn) -> None:
        assert signed_in(editor).get(reverse("submissions")).status_code == 403


class TestNew:
    def test_with_one_unit_it_opens_at_once(self, officer: User, signed_in: SignIn) -> None:
        answer = signed_in(officer).post(reverse("submission-new"))
        draft = Submission.objects.get()
        assert (answer["Location"], draft.unit) == (reverse("submission-edit", args=[draft.pk]), unit_of(officer))

    def test_with_several_units_one_is_chosen(self, officer: User, signed_in: SignIn) -> None:
        second = make_unit()
        give_post(user=officer, unit=second, role=Role.INFORMATION_OFFICER, by=None, since=LONG_SINCE)
        client = signed_in(User.objects.get(pk=officer.pk))
        client.post(reverse("submission-new"))
        assert not Submission.objects.exists()
        client.post(reverse("submission-new"), {"unit": second.pk})
        assert Submission.objects.get().unit == second

    def test_a_foreign_unit_cannot_be_chosen(self, officer: User, signed_in: SignIn) -> None:
        give_post(user=officer, unit=make_unit(), role=Role.INFORMATION_OFFICER, by=None, since=LONG_SINCE)
        signed_in(User.objects.get(pk=officer.pk)).post(reverse("submission-new"), {"unit": make_unit().pk})
        assert not Submission.objects.exists()


class TestWhoMay:
    @pytest.mark.parametrize("name", [*PAGES, "submission-edit"])
    def test_the_owner_and_the_approver_read_and_an_outsider_finds_nothing(
        self, officer: User, approver: User, signed_in: SignIn, name: str
    ) -> None:
        address = reverse(name, args=[make_draft(officer).pk])
        assert signed_in(officer).get(address).status_code == 200
        assert signed_in(approver).get(address).status_code == (403 if name == "submission-edit" else 200)
        assert signed_in(make_officer()).get(address).status_code == 404
        assert Client().get(address)["Location"].startswith(reverse("sign-in"))

    @pytest.mark.parametrize("name", [*POSTS, "submission-edit"])
    def test_an_outsider_cannot_post_and_an_approver_cannot_write(
        self, officer: User, approver: User, signed_in: SignIn, name: str
    ) -> None:
        address = reverse(name, args=[make_draft(officer).pk])
        assert signed_in(make_officer()).post(address).status_code == 404
        assert signed_in(approver).post(address).status_code == 403

    @pytest.mark.parametrize("name", POSTS)
    def test_what_changes_something_is_never_got(self, officer: User, signed_in: SignIn, name: str) -> None:
        assert signed_in(officer).get(reverse(name, args=[make_draft(officer).pk])).status_code == 405

    def test_the_office_reads_what_has_left_a_unit_and_works_at_its_own_desk(
        self, editor: User, signed_in: SignIn
    ) -> None:
        client, report = signed_in(editor), make_report()
        assert (
            reverse("desk-submission", args=[report.pk])
            in client.get(reverse("submission", args=[report.pk])).content.decode()
        )
        for address in (
            reverse("submission-act", args=[report.pk, "withdraw"]),
            reverse("submission-delete", args=[report.pk]),
        ):
            assert client.post(address).status_code == 403
        assert client.get(reverse("submission-edit", args=[report.pk])).status_code == 403
        assert client.get(reverse("submission", args=[make_draft(make_officer()).pk])).status_code == 404


class TestSteps:
    def step(self, client: Client, report: Submission, name: str, **data: str) -> int:
        return client.post(reverse("submission-act", args=[report.pk, name]), data).status_code

    def test_from_the_officer_over_the_approver_to_the_office_and_back(
        self, officer: User, approver: User, signed_in: SignIn
    ) -> None:
        report = make_draft(officer)
        writes, signs = signed_in(officer), signed_in(approver)
        assert self.step(writes, report, "send_to_approver") == 302
        assert self.step(writes, report, "approve") == 403
        assert self.step(signs, report, "send_back", reason="请补充人数") == 302
        assert self.step(writes, report, "send_to_approver") == 302
        assert self.step(signs, report, "approve") == 302
        assert self.step(writes, report, "withdraw") == 302
        report.refresh_from_db()
        assert report.state == SubmissionState.DRAFT

    def test_sending_back_without_a_reason_is_told(self, officer: User, approver: User, signed_in: SignIn) -> None:
        report = make_draft(officer)
        self.step(signed_in(officer), report, "send_to_approver")
        answer = signed_in(approver).post(reverse("submission-act", args=[report.pk, "send_back"]), {"reason": ""})
        assert answer.status_code == 409
        assert "理由" in answer.content.decode()

    def test_sending_twice_is_told(self, officer: User, signed_in: SignIn) -> None:
        report, client = make_draft(officer), signed_in(officer)
        assert self.step(client, report, "submit") == 302
        answer = client.post(reverse("submission-act", args=[report.pk, "submit"]))
        assert "已报送" in answer.content.decode()

    def test_withdrawing_what_the_office_has_decided_is_told(
        self, officer: User, editor: User, signed_in: SignIn
    ) -> None:
        report = make_adopted(editor, officer)
        answer = signed_in(officer).post(reverse("submission-act", args=[report.pk, "withdraw"]))
        assert answer.status_code == 409
        assert "不能再“撤回”" in answer.content.decode()

    @pytest.mark.parametrize("name", ["adopt", "decline", "nonsense"])
    def test_steps_of_the_office_are_none_here(self, officer: User, signed_in: SignIn, name: str) -> None:
        assert self.step(signed_in(officer), make_report(officer), name) == 404

    def test_a_draft_is_deleted_and_a_sent_report_is_not(self, officer: User, signed_in: SignIn) -> None:
        client, sent = signed_in(officer), make_report(officer)
        for report in (make_draft(officer), sent):
            client.post(reverse("submission-delete", args=[report.pk]))
        assert list(Submission.objects.all()) == [sent]


class TestDetail:
    def words(self, user: User, report: Submission, signed_in: SignIn) -> str:
        return signed_in(user).get(reverse("submission", args=[report.pk])).content.decode()

    def test_it_says_with_whom_the_report_is(self, officer: User, signed_in: SignIn) -> None:
        assert "正在等编辑处理" in self.words(officer, make_report(officer), signed_in)
        draft = make_draft(officer)
        assert "写好后报送省协同提质办" in self.words(officer, draft, signed_in)
        make_user(Role.UNIT_APPROVER, unit_of(officer), name="张审核")
        assert "送单位审核人张审核审核" in self.words(officer, draft, signed_in)
        assert "正在等单位审核人张审核审核" in self.words(officer, make_report(officer), signed_in)

    def test_a_returned_report_shows_why_and_is_sent_again_under_its_own_name(
        self, officer: User, editor: User, signed_in: SignIn
    ) -> None:
        report = return_submission(make_report(officer), by=editor, reason="请写明培训主题")
        words = self.words(officer, report, signed_in)
        assert "请写明培训主题" in words
        assert "修改后重报" in words

    def test_a_decline_shows_its_reason(self, officer: User, editor: User, signed_in: SignIn) -> None:
        report = decline_submission(make_report(officer), by=editor, reason="上一期已经刊登")
        assert "上一期已经刊登" in self.words(officer, report, signed_in)

    def test_how_the_office_works_on_it_stays_with_the_office(
        self, officer: User, editor: User, signed_in: SignIn
    ) -> None:
        report = make_adopted(editor, officer)
        Submission.objects.filter(pk=report.pk).update(print_text="编辑改写的文字")
        words = self.words(officer, report, signed_in)
        assert "编辑改写的文字" not in words
        assert "开始编审" not in words

    def test_what_came_back_can_be_edited_again(self, officer: User, signed_in: SignIn) -> None:
        report = withdraw_submission(make_report(officer), by=officer)
        assert reverse("submission-edit", args=[report.pk]) in self.words(officer, report, signed_in)


class TestPreview:
    def test_the_title_is_the_bold_lead_and_the_section_follows_the_kind_of_unit(
        self, officer: User, signed_in: SignIn
    ) -> None:
        report = make_draft(officer, title="开展联合教研", text="开展联合教研\n11月5日，两校教师一起磨课。")
        words = signed_in(officer).get(reverse("submission-preview", args=[report.pk])).content.decode()
        assert "【高校动态】" in words
        assert '★<span class="lead-sentence">开展联合教研。</span>11月5日，两校教师一起磨课。' in words

    def test_what_people_typed_is_never_markup(self, officer: User, signed_in: SignIn) -> None:
        report = make_draft(officer, title="<b>粗</b>", text="<script>alert(1)</script>")
        for name in (*PAGES, "submission-edit"):
            words = signed_in(officer).get(reverse(name, args=[report.pk])).content.decode()
            assert "<script>alert(1)" not in words
            assert "<b>粗</b>" not in words

    def test_an_emoji_is_allowed_and_hinted_at(self, officer: User, signed_in: SignIn) -> None:
        report = make_draft(officer, text="大家都很高兴😀")
        words = signed_in(officer).get(reverse("submission-preview", args=[report.pk])).content.decode()
        assert "“😀”（表情符号）" in words

    def test_an_empty_draft_can_be_previewed(self, officer: User, signed_in: SignIn) -> None:
        report = create_submission(unit=unit_of(officer), by=officer)
        words = signed_in(officer).get(reverse("submission-preview", args=[report.pk])).content.decode()
        assert "还没有标题和正文" in words
