"""下载Word on the page of an issue."""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from portal.accounts.models import User
from tests.bulletins.chain import make_written
from tests.bulletins.published import make_printed

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_a_draft_comes_under_its_proposed_number(editor: User, signed_in: SignIn) -> None:
    issue = make_written(editor)
    client = signed_in(editor)
    address = reverse("issue-word", args=[issue.pk])
    assert address in client.get(reverse("issue", args=[issue.pk])).content.decode()
    answer = client.get(address)
    assert unquote(answer["Content-Disposition"]).endswith("工作动态拟第1期.docx")
    document = Document(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert "★两校一起备课。12月1日，教师分组说课。" in [paragraph.text for paragraph in document.paragraphs]


def test_a_printed_issue_comes_with_its_number_and_day(editor: User, signed_in: SignIn) -> None:
    issue = make_printed()
    answer = signed_in(editor).get(reverse("issue-word", args=[issue.pk]))
    assert unquote(answer["Content-Disposition"]).endswith(f"工作动态{issue.label}.docx")
    document = Document(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert "2024年12月2日印发" in document.element.body.xml.replace("</w:t>", "")


def test_a_unit_gets_none(officer: User, signed_in: SignIn, editor: User) -> None:
    issue = make_written(editor)
    assert signed_in(officer).get(reverse("issue-word", args=[issue.pk])).status_code == 404
