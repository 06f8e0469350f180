"""A board on paper: the same figures as on the page, printed once, waited for, and opened by who asked."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from openpyxl import load_workbook

from portal.accounts.models import Unit, User
from portal.accounts.roles import Role
from portal.home.services.board_print import BOARD_PDF, file_of
from portal.jobs.models import Job, JobState
from portal.jobs.services import run
from tests.factories import make_user
from tests.pdf import text_of
from tests.portal.home.boards.figures import figure, some

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def printed(client: Client) -> bytes:
    """Ask for the PDF, have the worker print it, open it."""
    asked = client.get("/board/pdf/")
    run(Job.objects.get(kind=BOARD_PDF).pk)
    answer: Any = client.get(asked.context["again"])
    assert answer["Content-Type"] == "application/pdf"
    return b"".join(answer.streaming_content)


def test_one_figure_is_the_same_on_page_in_api_in_excel_and_on_paper(
    county: Unit, leader: User, signed_in: SignIn
) -> None:
    some(county, 7)
    client = signed_in(leader)
    page = client.get("/board/")
    counted = figure(page.context["board"], "活动")
    assert counted == 7
    assert ">7</a>" in page.content.decode()
    api = client.get("/api/v1/board/").json()
    assert {one["label"]: one["number"] for one in api["headline"]}["活动"] == counted
    sheet: Any = load_workbook(io.BytesIO(client.get("/board/table/").content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert next(row[2] for row in rows if row[:2] == ["总体情况", "活动"]) == counted
    assert "活动7项" in text_of(printed(client))


def test_a_sheet_is_waited_for_and_the_same_figures_are_printed_once(leader: User, signed_in: SignIn) -> None:
    client = signed_in(leader)
    asked = client.get("/board/pdf/")
    assert "正在等待处理" in asked.content.decode()
    waiting = client.get(asked.context["again"], headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" in waiting
    assert "<html" not in waiting
    assert client.get("/board/pdf/").status_code == 200
    job = Job.objects.get(kind=BOARD_PDF)
    run(job.pk)
    done = client.get(asked.context["again"], headers={"HX-Request": "true"}).content.decode()
    assert "打开PDF" in done
    assert "hx-trigger" not in done
    default_storage.delete(file_of(job))
    client.get("/board/pdf/")
    assert Job.objects.get(kind=BOARD_PDF).state == JobState.QUEUED


def test_nobody_opens_the_sheet_another_has_asked_for(leader: User, signed_in: SignIn) -> None:
    first = signed_in(leader).get("/board/pdf/").context["again"]
    run(Job.objects.get(kind=BOARD_PDF).pk)
    other = signed_in(make_user(Role.LEADER)).get(first)
    assert other["Content-Type"].startswith("text/html")
    assert Job.objects.filter(kind=BOARD_PDF).count() == 2
