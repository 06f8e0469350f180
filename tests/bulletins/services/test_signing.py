"""Unit sign-off: nobody approves what only he wrote; on paper or by a one-time link for who never signs in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bulletins.models import SignLink, SignOff, Submission
from bulletins.queries.signing import cannot_send, sign_offs_for, signing_of
from bulletins.services.signing_links import LinkRefused, answer_link, make_sign_link, revoke_sign_links, usable_link
from bulletins.services.signing_paper import submit_on_paper
from bulletins.services.submission import approve_submission, save_draft, submit_submission, withdraw_submission
from bulletins.states import SubmissionState as S
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.files.queries import attachments_of_owner
from portal.refusals import Refused
from tests.factories import make_draft, make_officer, make_user
from tests.portal.files.samples import picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def approver(officer: User) -> User:
    return make_user(Role.UNIT_APPROVER, officer.posts_today[0].unit, name="校办主任")


def waiting(officer: User) -> Submission:
    return submit_submission(make_draft(officer), by=officer)


def sentence(report: Submission) -> str:
    signing = signing_of(report)
    assert signing is not None
    return signing.sentence


class TestWhoSigns:
    def test_alone_in_his_unit_the_officer_sends_and_that_is_kept(self, officer: User) -> None:
        report = submit_submission(make_draft(officer), by=officer)
        assert "本单位仅一人在岗" in sentence(report)

    def test_with_colleagues_and_no_approver_he_cannot_send_what_only_he_wrote(self, officer: User) -> None:
        make_user(Role.STAFF, officer.posts_today[0].unit)
        draft = make_draft(officer)
        with pytest.raises(PermissionDenied):
            submit_submission(draft, by=officer)
        assert "须经他人审核" in cannot_send(draft)

    def test_what_staff_wrote_he_sends_himself(self, officer: User) -> None:
        staff = make_user(Role.STAFF, officer.posts_today[0].unit)
        report = submit_submission(make_draft(staff), by=officer)
        assert report.state == S.IN_REVIEW
        assert "信息员" in sentence(report)

    def test_the_approver_signs_the_words_that_he_saw(self, officer: User, approver: User) -> None:
        report = waiting(officer)
        with pytest.raises(Refused, match="稿件又改过"):
            approve_submission(report, by=approver, seen=report.version + 1)
        approve_submission(report, by=approver, seen=report.version)
        assert sentence(report).endswith("由校办主任审核同意")

    def test_a_sign_off_does_not_hold_for_other_words(self, officer: User) -> None:
        report = withdraw_submission(submit_submission(make_draft(officer), by=officer), by=officer)
        save_draft(report, by=officer, title="改过", text="改过。", version=report.version)
        signing = signing_of(Submission.objects.get(pk=report.pk))
        assert signing is not None
        assert not signing.is_current


class TestOnPaper:
    def test_the_scan_goes_with_the_report_and_says_who_signed_when(self, officer: User, approver: User) -> None:
        scan, today = upload(picture(), "签批.png"), timezone.localdate()
        report = submit_on_paper(waiting(officer), by=officer, upload=scan, name="王校长", signed_on=today)
        assert report.state == S.IN_REVIEW
        assert sentence(report).startswith("线下签批：王校长")
        assert attachments_of_owner(report.sign_offs.get()).count() == 1
        assert sign_offs_for(officer).count() == 1
        assert not sign_offs_for(make_officer()).exists()

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({"upload": None}, "还没有选择签批件"),
            ({"name": " "}, "请填写签批人姓名"),
            ({"signed_on": None}, "请填写签批日期"),
            ({"signed_on": date(2999, 1, 1)}, "晚于今天"),
            ({"signed_on": date(2001, 1, 1)}, "一年前"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_is_sent(
        self, officer: User, given: dict[str, object], told: str
    ) -> None:
        draft = make_draft(officer)
        sheet = {"upload": upload(picture(), "签批.png"), "name": "王校长", "signed_on": timezone.localdate()} | given
        with pytest.raises(Refused, match=told):
            submit_on_paper(draft, by=officer, **sheet)  # type: ignore[arg-type]
        draft.refresh_from_db()
        assert draft.state == S.DRAFT
        assert not SignOff.objects.exists()

    def test_the_writer_is_not_his_own_signature(self, officer: User) -> None:
        sheet = {"upload": upload(picture(), "签批.png"), "name": officer.name, "signed_on": timezone.localdate()}
        with pytest.raises(Refused, match="不能是撰写人本人"):
            submit_on_paper(make_draft(officer), by=officer, **sheet)  # type: ignore[arg-type]


class TestOneTimeLink:
    def test_agreed_through_the_link_it_is_sent_and_recorded_as_such(self, officer: User, approver: User) -> None:
        report = waiting(officer)
        token = make_sign_link(report, approver=approver, by=officer)
        assert usable_link(token).text == report.text
        assert not SignLink.objects.filter(token_hash=token).exists(), "only its hash is kept"
        assert answer_link(token, agree=True).state == S.IN_REVIEW
        assert "经一次性链接由校办主任同意" in sentence(report)

    def test_it_works_once(self, officer: User, approver: User) -> None:
        token = make_sign_link(waiting(officer), approver=approver, by=officer)
        answer_link(token, agree=False, reason="请补充人数。")
        for again in (lambda: usable_link(token), lambda: answer_link(token, agree=True)):
            with pytest.raises(LinkRefused, match="用过"):
                again()

    def test_a_return_without_a_reason_leaves_it_open(self, officer: User, approver: User) -> None:
        token = make_sign_link(waiting(officer), approver=approver, by=officer)
        with pytest.raises(Refused, match="理由"):
            answer_link(token, agree=False, reason=" ")
        assert answer_link(token, agree=False, reason="请补充。").state == S.RETURNED

    def test_other_words_end_it(self, officer: User, approver: User) -> None:
        report = waiting(officer)
        token = make_sign_link(report, approver=approver, by=officer)
        withdraw_submission(report, by=officer)
        save_draft(report, by=officer, title=report.title, text="另一份文字。", version=report.version)
        submit_submission(Submission.objects.get(pk=report.pk), by=officer)
        with pytest.raises(LinkRefused, match="改过"):
            usable_link(token)

    def test_expired_revoked_replaced_or_wrong_it_says_so(self, officer: User, approver: User) -> None:
        report = waiting(officer)
        first = make_sign_link(report, approver=approver, by=officer)
        second = make_sign_link(report, approver=approver, by=officer)
        with pytest.raises(LinkRefused, match="已作废"):
            usable_link(first)
        SignLink.objects.filter(revoked_at=None).update(expires_at=timezone.now() - timedelta(minutes=1))
        with pytest.raises(LinkRefused, match="已过期"):
            usable_link(second)
        third = make_sign_link(report, approver=approver, by=officer)
        assert revoke_sign_links(report, by=officer) == 1
        with pytest.raises(LinkRefused, match="已作废"):
            answer_link(third, agree=True)
        with pytest.raises(LinkRefused, match="不正确"):
            usable_link("nonsense")

    def test_who_is_no_approver_any_more_cannot_use_it(self, officer: User, approver: User) -> None:
        token = make_sign_link(waiting(officer), approver=approver, by=officer)
        User.objects.filter(pk=approver.pk).update(is_active=False)
        with pytest.raises(LinkRefused, match="不是这个单位的审核人"):
            answer_link(token, agree=True)

    def test_it_is_made_for_an_approver_by_the_officer_while_it_waits(self, officer: User, approver: User) -> None:
        report = waiting(officer)
        with pytest.raises(Refused, match="不是本单位审核人"):
            make_sign_link(report, approver=make_officer(), by=officer)
        with pytest.raises(PermissionDenied):
            make_sign_link(report, approver=approver, by=approver)
        approve_submission(report, by=approver)
        with pytest.raises(Refused, match="不能生成链接"):
            make_sign_link(report, approver=approver, by=officer)
