"""Fetching, adding and deleting files on pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from bulletins.models import Submission
from bulletins.services.submission import submit_submission
from portal.accounts.models import User
from portal.files.models import Attachment
from portal.files.queries import attachments_of_owner
from portal.files.services import attach_file
from tests.factories import make_draft, make_officer
from tests.portal.files.samples import office_file, pdf, picture, upload

SignIn = Callable[[User], Client]


@pytest.fixture
def draft(officer: User) -> Submission:
    return make_draft(officer)


def attach(draft: Submission, content: bytes, name: str) -> Attachment:
    return attach_file(owner=draft, upload=upload(content, name), by=draft.author)


def add(client: Client, draft: Submission, *files: Any, **extra: Any) -> Any:
    address = f"/files/add/bulletins.submission/{draft.pk}/"
    return client.post(address, {"files": list(files), "next": f"/reports/{draft.pk}/"}, **extra)


class TestFetching:
    def test_a_picture_is_shown_and_a_document_is_saved(
        self, draft: Submission, officer: User, signed_in: SignIn
    ) -> None:
        client = signed_in(officer)
        shown = client.get(f"/files/{attach(draft, picture(), '照片.png').pk}/")
        saved = client.get(f"/files/{attach(draft, office_file(), '方案.docx').pk}/")
        assert shown["Content-Type"] == "image/png"
        assert shown["Content-Disposition"].startswith("inline")
        assert saved["Content-Disposition"].startswith("attachment")
        assert "%E6%96%B9%E6%A1%88.docx" in saved["Content-Disposition"]
        for answer in (shown, saved):
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "private" in answer["Cache-Control"]

    def test_who_does_not_see_the_report_does_not_see_the_file(
        self, draft: Submission, editor: User, signed_in: SignIn, client: Client
    ) -> None:
        address = f"/files/{attach(draft, pdf(), '总结.pdf').pk}/"
        assert signed_in(make_officer()).get(address).status_code == 404
        assert signed_in(editor).get(address).status_code == 404
        assert client.get(address).status_code == 302

    def test_the_desk_sees_the_files_of_what_was_sent_in(
        self, draft: Submission, editor: User, signed_in: SignIn
    ) -> None:
        attachment = attach(draft, pdf(), "总结.pdf")
        submit_submission(draft, by=draft.author)
        assert signed_in(editor).get(f"/files/{attachment.pk}/").status_code == 200


class TestAdding:
    def test_several_files_come_in_at_once_and_the_page_comes_back(
        self, draft: Submission, officer: User, signed_in: SignIn
    ) -> None:
        answer = add(signed_in(officer), draft, upload(picture(), "甲.png"), upload(pdf(), "乙.pdf"))
        assert answer.status_code == 302
        assert answer["Location"] == f"/reports/{draft.pk}/"
        assert [file.name for file in attachments_of_owner(draft)] == ["甲.png", "乙.pdf"]

    def test_a_refused_file_does_not_hold_up_the_others(
        self, draft: Submission, officer: User, signed_in: SignIn
    ) -> None:
        files = upload(b"MZ", "坏.png"), upload(pdf(), "好.pdf")
        answer = add(signed_in(officer), draft, *files, headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert "坏.png：不能添加这种文件" in answer.content.decode()
        assert [file.name for file in attachments_of_owner(draft)] == ["好.pdf"]

    def test_without_a_choice_it_says_so(self, draft: Submission, officer: User, signed_in: SignIn) -> None:
        answer = add(signed_in(officer), draft, headers={"HX-Request": "true"})
        assert "还没有选择文件" in answer.content.decode()

    def test_nobody_is_led_to_another_host(self, draft: Submission, officer: User, signed_in: SignIn) -> None:
        address = f"/files/add/bulletins.submission/{draft.pk}/"
        data = {"files": [upload(pdf())], "next": "https://elsewhere.example/"}
        assert signed_in(officer).post(address, data)["Location"] == "/"

    def test_outsiders_find_no_report_and_readers_may_not_add(
        self, draft: Submission, editor: User, signed_in: SignIn
    ) -> None:
        assert add(signed_in(make_officer()), draft, upload(pdf())).status_code == 404
        submit_submission(draft, by=draft.author)
        assert add(signed_in(editor), draft, upload(pdf())).status_code == 403

    @pytest.mark.parametrize("label", ["accounts.user", "nothing", "bulletins.issue"])
    def test_only_registered_things_own_files(self, label: str, officer: User, signed_in: SignIn) -> None:
        answer = signed_in(officer).post(f"/files/add/{label}/1/", {"files": [upload(pdf())]})
        assert answer.status_code == 404


class TestDeleting:
    def test_the_writer_deletes_and_sees_the_rest(self, draft: Submission, officer: User, signed_in: SignIn) -> None:
        attachment, _ = attach(draft, pdf(), "甲.pdf"), attach(draft, picture(), "乙.png")
        address = f"/files/{attachment.pk}/delete/"
        shown = signed_in(officer).post(address, headers={"HX-Request": "true"}).content.decode()
        assert "乙.png" in shown
        assert "甲.pdf" not in shown

    def test_once_sent_in_it_says_why_not(self, draft: Submission, officer: User, signed_in: SignIn) -> None:
        attachment = attach(draft, pdf(), "甲.pdf")
        submit_submission(draft, by=officer)
        answer = signed_in(officer).post(f"/files/{attachment.pk}/delete/", headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert "附件不能再改" in answer.content.decode()

    def test_readers_may_not(self, draft: Submission, editor: User, signed_in: SignIn) -> None:
        attachment = attach(draft, pdf(), "甲.pdf")
        submit_submission(draft, by=draft.author)
        assert signed_in(editor).post(f"/files/{attachment.pk}/delete/").status_code == 403


class TestFragment:
    def fragment(self, draft: Submission, user: User, **extra: Any) -> str:
        request = RequestFactory().get("/reports/1/")
        request.user = user
        return render_to_string("files/attachments.html", {"owner": draft, **extra}, request)

    def test_the_writer_may_add_and_delete(self, draft: Submission, officer: User) -> None:
        attach(draft, pdf(), "甲.pdf")
        shown = self.fragment(draft, officer)
        assert "甲.pdf" in shown
        assert 'type="file"' in shown
        assert "删除" in shown

    def test_where_it_is_read_only_nothing_can_be_changed(self, draft: Submission, officer: User) -> None:
        attach(draft, pdf(), "甲.pdf")
        shown = self.fragment(draft, officer, read_only=True)
        assert "甲.pdf" in shown
        assert "<form" not in shown

    def test_a_report_without_files_says_so_to_readers(self, draft: Submission, editor: User) -> None:
        assert "没有附件" in self.fragment(draft, editor)

    def test_twenty_files_cost_as_many_queries_as_one(
        self, draft: Submission, officer: User, django_assert_num_queries: Any
    ) -> None:
        for number in range(20):
            attach(draft, picture(size=(number + 1, 1)), f"{number}.png")
        with django_assert_num_queries(1):
            self.fragment(draft, officer, read_only=True)
