"""The pages of 五个一批: what they show; nothing typed is lost; they cost a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from pilots.models import Batch, Output, OutputKind, Task
from pilots.services.output import confirm_output, publish_output
from pilots.services.task import TypedStep
from pilots.states.task import TaskState
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from tests.factories import make_unit
from tests.factories.task import a_course, day, make_output, make_task, worker

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def typed(**fields: Any) -> dict[str, Any]:
    """What a browser posts of a task with one milestone."""
    data = {
        "batch": Batch.objects.get(short_name="精品课").pk,
        "title": "打磨一门精品课",
        "start": day(0).isoformat(),
        "due": day(30).isoformat(),
        "step-TOTAL_FORMS": 2,
        "step-INITIAL_FORMS": 0,
        "step-0-what": "集体磨课",
        "step-0-due": day(9).isoformat(),
        "step-1-what": "",
        "step-1-due": "",
    }
    return data | fields


def test_a_unit_plans_begins_and_keeps_a_task(signed_in: SignIn) -> None:
    unit, partner = make_unit(), make_unit(UnitKind.PARTNER, name="某研究中心")
    client = signed_in(worker(unit))
    client.post(reverse("task-new"), typed(unit=unit.pk, partners="某研究中心"))
    task = Task.objects.get()
    assert (list(task.partners.all()), task.milestones.get().what) == ([partner], "集体磨课")
    client.post(reverse("task-act", args=[task.pk, "start"]))
    step = task.milestones.get()
    client.post(reverse("milestone-done", args=[step.pk]), {"done_on": day(0).isoformat(), "evidence": "已磨课。"})
    client.post(reverse("task-act", args=[task.pk, "hand_in"]))
    task.refresh_from_db()
    assert task.state == TaskState.AWAITING


def test_the_page_says_where_it_stands_why_and_what_is_next(signed_in: SignIn) -> None:
    unit = make_unit()
    task = make_task(unit, steps=(TypedStep("选题", day(-3)), TypedStep("磨课", day(5))))
    html = signed_in(worker(unit)).get(reverse("task", args=[task.pk])).content.decode()
    assert "需关注" in html
    assert "1个节点已过期：“选题”（3天）。" in html
    assert "下一步：选题" in html


def test_nothing_typed_is_lost_when_a_plan_is_refused(signed_in: SignIn) -> None:
    unit = make_unit()
    answer = signed_in(worker(unit)).post(
        reverse("task-new"), typed(unit=unit.pk, partners="查无此校", **{"step-0-due": day(31).isoformat()})
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "没有找到这些单位，或名称对应多个单位：查无此校。" in html
    assert "集体磨课" in html


def test_a_milestone_after_the_tasks_end_is_refused_in_a_sentence(signed_in: SignIn) -> None:
    unit = make_unit()
    data = typed(unit=unit.pk, **{"step-0-due": day(31).isoformat()})
    answer = signed_in(worker(unit)).post(reverse("task-new"), data)
    assert "的期限不在任务的起止日期之内" in answer.content.decode()


def test_a_refused_step_shows_the_reason_that_was_typed(editor: User, signed_in: SignIn) -> None:
    unit = make_unit()
    task = make_task(unit)
    make_output(unit, task)
    answer = signed_in(editor).post(reverse("task-act", args=[task.pk, "cancel"]), {"reason": "经费没有落实。"})
    assert answer.status_code == 422
    assert "经费没有落实。" in answer.content.decode()
    assert "不能取消" in answer.content.decode()


def test_a_unit_proposes_an_output_from_its_task(signed_in: SignIn) -> None:
    unit = make_unit()
    task = make_task(unit)
    client = signed_in(worker(unit))
    address = reverse("output-new", args=["course"])
    data = {"unit": unit.pk, "name": "手势舞", "day": day(0).isoformat(), "task": task.pk, "own_stage": "小学"}
    assert client.post(address, data).status_code == 302
    assert Output.objects.get().data == {"stage": "小学"}


def test_a_kinds_own_column_is_asked_for(signed_in: SignIn) -> None:
    unit = make_unit()
    address = reverse("output-new", args=["internship_base"])
    data = {"unit": unit.pk, "name": "某校基地", "day": day(0).isoformat(), "own_terms": "第一学期"}
    answer = signed_in(worker(unit)).post(address, data)
    assert answer.status_code == 422
    assert "请填写每期可接纳人数。" in answer.content.decode()


def test_the_public_page_needs_no_signing_in_and_shows_no_hidden_name(
    client: Client, editor: User, reviewer: User
) -> None:
    assert "还没有公开的成果" in client.get(reverse("public-outputs")).content.decode()
    kind = OutputKind.objects.get(code="teacher")
    facts: dict[str, Any] = {"kind": kind, "name": "某某某", "subject": "语文", "data": {"seed": "种子教师"}}
    output = confirm_output(make_output(make_unit(name="青山小学校"), **facts), by=editor)
    publish_output(output, by=reviewer)
    html = client.get(reverse("public-outputs")).content.decode()
    assert "青山小学校语文教师" in html
    assert "某某某" not in html


def test_the_table_of_one_kind_has_its_own_columns(editor: User, signed_in: SignIn) -> None:
    output = make_output(make_unit(), data={"stage": "小学"})
    answer = signed_in(editor).get(reverse("outputs-export"), {"kind": output.kind_id})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert "小学" in [cell.value for cell in sheet[3]]


def test_the_table_of_tasks_says_what_the_page_says(editor: User, signed_in: SignIn) -> None:
    make_task(make_unit(), steps=(TypedStep("选题", day(-3)),))
    answer = signed_in(editor).get(reverse("tasks-export"))
    row = [cell.value for cell in load_workbook(BytesIO(answer.content)).worksheets[0][4]]
    assert "需关注" in row
    assert "1个节点已过期：“选题”（3天）。" in row


@pytest.mark.parametrize("page", ["batches", "tasks", "outputs", "public-outputs"])
def test_pages_cost_the_same_with_one_and_with_thirty(page: str, editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    unit = make_unit()
    by = worker(unit)

    def more(number: int) -> None:
        for place in range(number):
            task = make_task(unit, by=by, steps=(TypedStep("磨课", day(-1)), TypedStep("展示", day(9))))
            facts = a_course(task, name=f"课{task.pk}-{place}")
            Output.objects.create(unit=unit, kind=facts.kind, name=facts.name, day=facts.day, task=task, state="public")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse(page)).status_code == 200
        return len(queries)

    more(1)
    cost()  # content types and the like are read once
    one = cost()
    more(29)
    assert cost() == one <= 15
