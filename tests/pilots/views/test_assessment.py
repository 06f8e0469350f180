"""考核评价 as pages: the reviewer's sheet, and one result wherever it is read."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from pilots.models import ReviewerScore
from pilots.queries.tally import tallies
from pilots.scoring import number
from portal.accounts.models import User
from tests.factories.assessment_round import Round

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def test_what_was_handed_in_stays_whatever_is_posted_afterwards(signed_in: SignedIn) -> None:
    round = Round()
    round.scored()
    row, score = round.reviewer(0), round.score("B1", round.members[0])
    typed = {f"points_{score.pk}": "三十", f"words_{score.pk}": "改一改"}
    client = signed_in(round.experts[0])
    for page in ("review", "review-hand-in"):
        answer = client.post(reverse(page, args=[row.pk]), typed)
        assert answer.status_code == 422
        assert "30分" in answer.content.decode()
    assert ReviewerScore.objects.get(reviewer=row, score=score).points == 30


def test_a_sheet_that_is_refused_keeps_what_was_typed(signed_in: SignedIn) -> None:
    round = Round()
    round.with_reviewers()
    score = round.score("B1", round.members[0])
    typed = {f"points_{score.pk}": "", f"words_{score.pk}": "课堂有进步。"}
    answer = signed_in(round.experts[0]).post(reverse("review", args=[round.reviewer(0).pk]), typed)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "请同时打分" in text
    assert "课堂有进步。" in text


def test_the_result_is_the_same_on_the_page_to_programs_in_excel_and_in_word(signed_in: SignedIn) -> None:
    round = Round()
    round.published()
    total = number(tallies(round.assessment)[0].total)
    client, at = signed_in(round.editor), [round.assessment.pk]
    assert f">{total}<" in client.get(reverse("assessment", args=at)).content.decode()
    told = client.get(reverse("api-assessments-one", args=at)).json()["results"]
    assert [one["total"] for one in told] == [total]
    sheet = load_workbook(BytesIO(_read(client, "assessment-export", at))).active
    assert sheet is not None
    assert total in {str(cell.value) for row in sheet.iter_rows() for cell in row}
    table = Document(BytesIO(_read(client, "assessment-word", at))).tables[0]
    assert total in {cell.text for row in table.rows for cell in row.cells}


def _read(client: Client, name: str, at: list[int]) -> bytes:
    answer = client.get(reverse(name, args=at))
    return b"".join(answer) if answer.streaming else answer.content
