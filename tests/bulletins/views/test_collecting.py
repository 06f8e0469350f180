"""The pages of 汇总转报 and of sign-off, as the people concerned use them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bulletins.models import SignLink, Submission
from bulletins.services.collecting import forward_report, hand_in_submission
from bulletins.services.signing_links import make_sign_link
from bulletins.services.submission import submit_submission
from bulletins.states import SubmissionState as S
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.bulletins.collecting import County, make_county
from tests.factories import make_draft, make_user
from tests.portal.files.samples import picture, upload

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def county(db: None) -> County:
    return make_county()


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


class TestTheList:
    def test_the_officer_ticks_reports_and_edits_the_whole(self, county: County, signed_in: SignIn) -> None:
        reports = [county.report(0, title="磨课"), county.report(1, title="说课")]
        client = signed_in(county.officer)
        page = text_of(client.get(reverse("collected")))
        assert all(report.title in page for report in reports)
        chosen = {"report": [report.pk for report in reports]}
        response = client.post(reverse("collected-join"), chosen)
        whole = Submission.objects.get(unit=county.unit)
        assert response.headers["Location"] == reverse("submission-edit", args=[whole.pk])
        edit = text_of(client.get(response.headers["Location"]))
        assert f"供稿：{county.schools[0]}、{county.schools[1]}" in edit
        again = client.post(reverse("collected-join"), chosen, follow=True)
        assert "已由同事处理" in text_of(again)

    def test_others_of_the_county_read_and_do_not_join(self, county: County, signed_in: SignIn) -> None:
        report = county.report()
        staff = make_user(Role.STAFF, county.unit)
        page = text_of(signed_in(staff).get(reverse("collected")))
        assert report.title in page
        assert "汇总为一篇" not in page
        assert signed_in(staff).post(reverse("collected-join"), {"report": report.pk}).status_code == 403

    def test_nothing_chosen_and_another_countys_report_end_in_a_sentence(
        self, county: County, signed_in: SignIn
    ) -> None:
        foreign = make_county().report()
        client = signed_in(county.officer)
        assert "还没有选择" in text_of(client.post(reverse("collected-join"), follow=True))
        assert "已不在这里" in text_of(client.post(reverse("collected-join"), {"report": foreign.pk}, follow=True))

    def test_its_queries_do_not_grow_with_the_reports(self, county: County, signed_in: SignIn) -> None:
        client = signed_in(county.officer)

        def queries() -> int:
            with CaptureQueriesContext(
                connection,
            ) as seen:
                client.get(reverse("collected"))
            return len(seen)

        county.report()
        first = queries()
        for _ in range(4):
            county.report(1)
        assert queries() == first

    def test_a_prefecture_has_a_page_of_its_counties(self, county: County, signed_in: SignIn) -> None:
        whole = forward_report(county.report(title="磨课"), by=county.officer)
        client = signed_in(make_user(Role.INFORMATION_OFFICER, county.unit.parent))
        assert whole.title in text_of(client.get(reverse("county-submissions")))
        page = client.get(reverse("submission", args=[whole.pk]))
        assert "供稿" in text_of(page)
        assert client.post(reverse("submission-act", args=[whole.pk, "withdraw"])).status_code == 403


class TestOneReport:
    @pytest.mark.parametrize(("act", "state"), [("forward", S.FORWARDED), ("keep", S.KEPT), ("pass_back", S.RETURNED)])
    def test_the_county_decides_on_the_reports_page(
        self, county: County, signed_in: SignIn, act: str, state: str
    ) -> None:
        report = county.report()
        client = signed_in(county.officer)
        page = text_of(client.get(reverse("submission", args=[report.pk])))
        assert "直接转报" in page
        assert "编辑后转报" in page
        client.post(reverse("submission-act", args=[report.pk, act]), {"reason": "请补充。"})
        report.refresh_from_db()
        assert report.state == state

    def test_the_office_reads_the_schools_report_and_its_files_from_the_whole(
        self, county: County, signed_in: SignIn, editor: User
    ) -> None:
        report = county.report()
        desk = signed_in(editor)
        assert desk.get(reverse("submission", args=[report.pk])).status_code == 404
        whole = forward_report(report, by=county.officer)
        page = text_of(desk.get(reverse("desk-submission", args=[whole.pk])))
        assert f"供稿：{report.unit}" in page
        assert reverse("submission", args=[report.pk]) in page
        assert desk.get(reverse("submission", args=[report.pk])).status_code == 200
        assert desk.get(reverse("desk-submission", args=[report.pk])).status_code == 404

    def test_a_county_begins_a_report_for_its_school(self, county: County, signed_in: SignIn) -> None:
        client = signed_in(county.officer)
        client.post(reverse("submission-new"), {"unit": county.schools[0].pk})
        draft = Submission.objects.get()
        assert (draft.unit, draft.written_by) == (county.schools[0], county.unit)
        assert "代写" in text_of(client.get(reverse("submission", args=[draft.pk])))

    def test_staff_hand_their_draft_in_with_one_click(self, officer: User, signed_in: SignIn) -> None:
        staff = make_user(Role.STAFF, officer.posts_today[0].unit)
        draft = make_draft(staff)
        client = signed_in(staff)
        assert "交信息员" in text_of(client.get(reverse("submission", args=[draft.pk])))
        client.post(reverse("submission-act", args=[draft.pk, "hand_in"]))
        draft.refresh_from_db()
        assert draft.state == S.HANDED_IN
        hand_in = hand_in_submission(make_draft(staff), by=staff)
        assert hand_in.title in text_of(signed_in(officer).get(reverse("collected")))


class TestSigning:
    @pytest.fixture
    def approver(self, officer: User) -> User:
        return make_user(Role.UNIT_APPROVER, officer.posts_today[0].unit)

    def test_the_signed_page_is_uploaded_and_shown(self, officer: User, approver: User, signed_in: SignIn) -> None:
        report = submit_submission(make_draft(officer), by=officer)
        client, address = signed_in(officer), reverse("submission-paper", args=[report.pk])
        assert "还没有选择签批件" in text_of(client.post(address, {"name": "王校长", "signed_on": "2024-11-05"}))
        sheet = {
            "name": "王校长",
            "signed_on": report.created_at.date().isoformat(),
            "scan": upload(picture(), "签.png"),
        }
        assert client.post(address, sheet).status_code == 302
        page = text_of(client.get(reverse("submission", args=[report.pk])))
        assert "线下签批：王校长" in page
        assert "查看签批件" in page

    def test_a_link_is_shown_once_and_opens_without_signing_in(
        self, officer: User, approver: User, signed_in: SignIn
    ) -> None:
        report = submit_submission(make_draft(officer, text="<b>原文</b>"), by=officer)
        made = text_of(signed_in(officer).post(reverse("sign-link", args=[report.pk]), {"approver": approver.pk}))
        token = made.split("/sign/")[1].split("/")[0]
        visitor, address = Client(), reverse("sign", args=[token])
        for _ in range(2):
            page = visitor.get(address)
            assert "&lt;b&gt;原文" in text_of(page)
        assert (page.headers["Referrer-Policy"], page.headers["X-Robots-Tag"]) == ("same-origin", "noindex")
        assert "理由" in text_of(visitor.post(address, {"answer": "back", "reason": ""}))
        assert "已同意报送" in text_of(visitor.post(address, {"answer": "agree"}))
        used = visitor.post(address, {"answer": "agree"})
        assert (used.status_code, "用过" in text_of(used)) == (410, True)

    def test_the_officer_does_not_answer_the_link_he_made(
        self, officer: User, approver: User, signed_in: SignIn
    ) -> None:
        report = submit_submission(make_draft(officer), by=officer)
        address = reverse("sign", args=[make_sign_link(report, approver=approver, by=officer)])
        assert f"链接是发给{approver}的" in text_of(signed_in(officer).post(address, {"answer": "agree"}))
        report.refresh_from_db()
        assert report.state == S.AWAITING_UNIT
        assert "已同意报送" in text_of(signed_in(approver).post(address, {"answer": "agree"}))

    def test_the_officer_ends_a_link(self, officer: User, approver: User, signed_in: SignIn) -> None:
        report = submit_submission(make_draft(officer), by=officer)
        token = make_sign_link(report, approver=approver, by=officer)
        signed_in(officer).post(reverse("sign-link-revoke", args=[report.pk]))
        assert SignLink.objects.get().revoked_at is not None
        assert Client().get(reverse("sign", args=[token])).status_code == 410

    def test_an_approval_holds_for_the_words_on_the_page(
        self, officer: User, approver: User, signed_in: SignIn
    ) -> None:
        report = submit_submission(make_draft(officer), by=officer)
        address = reverse("submission-act", args=[report.pk, "approve"])
        client = signed_in(approver)
        assert "稿件又改过" in text_of(client.post(address, {"seen": report.version + 1}))
        assert client.post(address, {"seen": report.version}).status_code == 302
