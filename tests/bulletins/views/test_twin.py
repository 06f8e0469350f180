from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import Submission, Twin
from bulletins.services.twin import look_for_twins
from portal.accounts.models import User
from tests.factories import make_officer, make_report

SignIn = Callable[[User], Client]
TEXT = "11月5日，青山大学的教师走进绿水县的三所村小，带着孩子们用稻草做了一堂美术课，课后逐一评课。"


@pytest.fixture
def pair(editor: User) -> tuple[Submission, Submission]:
    officer = make_officer()
    first = make_report(officer, title="送教到村小", text=TEXT)
    second = make_report(officer, title="村小的美术课", text=TEXT.replace("逐一评课", "座谈"))
    look_for_twins(second)
    return first, second


def test_the_page_shows_the_other_beside_it(
    editor: User, signed_in: SignIn, pair: tuple[Submission, Submission]
) -> None:
    page = signed_in(editor).get(reverse("desk-submission", args=[pair[1].pk])).content.decode()
    assert "疑似重复" in page
    assert "送教到村小" in page
    assert "<mark>11月5日，青山大学的教师" in page


def test_the_list_marks_both_until_an_editor_dismisses(
    editor: User, signed_in: SignIn, pair: tuple[Submission, Submission]
) -> None:
    client = signed_in(editor)
    assert client.get(reverse("desk")).content.decode().count("疑似重复") == 2
    address = reverse("twin-dismiss", args=[pair[1].pk, Twin.objects.get().pk])
    page = client.post(address, follow=True).content.decode()
    assert "省办编辑已判定不是重复" in page
    assert "疑似重复" not in client.get(reverse("desk")).content.decode()


def test_a_pair_of_other_reports_is_not_found_here(
    editor: User, signed_in: SignIn, pair: tuple[Submission, Submission]
) -> None:
    address = reverse("twin-dismiss", args=[make_report().pk, Twin.objects.get().pk])
    assert signed_in(editor).post(address).status_code == 404


class TestAidsBesideAReport:
    def test_a_fix_goes_into_the_form_unsaved(self, editor: User, signed_in: SignIn) -> None:
        report = make_report(title="备课", text="甲校,乙校备课。")
        data = {"lead": "备课。", "text": "甲校,乙校备课。", "version": report.version, "fix": "width.text.2"}
        page = signed_in(editor).post(reverse("report-aids", args=[report.pk]), data).content.decode()
        assert "甲校，乙校备课。</textarea>" in page
        report.refresh_from_db()
        assert report.print_text == ""

    def test_a_changed_locked_passage_is_refused_with_everything_typed_kept(
        self, editor: User, signed_in: SignIn
    ) -> None:
        report = make_report(title="备课", text="甲校、乙校一起备课。")
        client = signed_in(editor)
        words = {"lead": "备课。", "text": "甲校、乙校一起备课。", "version": report.version}
        client.post(reverse("report-aids", args=[report.pk]), words | {"lock": "乙校一起备课"})
        answer = client.post(reverse("desk-submission", args=[report.pk]), words | {"text": "甲校备课。"})
        assert answer.status_code == 409
        assert "锁定为原文" in answer.content.decode()
        assert "甲校备课。</textarea>" in answer.content.decode()
