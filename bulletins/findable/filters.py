"""Filters of the search that ask about reports and issues: unit, state, section, batch."""

from __future__ import annotations

from bulletins.models import Section
from bulletins.states import IssueState, SubmissionState
from pilots.models import Batch
from portal.accounts.findable import findable_units
from portal.accounts.models import User
from portal.accounts.queries.unit import official_order
from portal.search.registry import Choice, Choices, Filter, Filters, register_filter

#: A state is asked for with its noun before it: 已公开 is of issues, 已采用 of reports.
REPORT, ISSUE = "report:", "issue:"


def state_wanted(filters: Filters, noun: str) -> str | None:
    """The state that is asked for of a noun: "" where none is, None where one of another noun is."""
    state = filters.get("state", "")
    if not state:
        return ""
    return state.removeprefix(noun) if state.startswith(noun) else None


def _units(user: User) -> Choices:
    rows = findable_units(user).order_by(*official_order())
    return [(str(unit.pk), unit.label) for unit in rows]


def _states(user: User) -> Choices:
    return [
        ("稿件", _prefixed(REPORT, SubmissionState.choices)),
        ("工作动态", _prefixed(ISSUE, IssueState.choices)),
    ]


def _prefixed(noun: str, choices: list[tuple[str, str]]) -> list[Choice]:
    return [(noun + value, label) for value, label in choices]


def _sections(user: User) -> Choices:
    names = dict.fromkeys(Section.objects.values_list("name", flat=True))
    return [(name, name) for name in names]


def _batches(user: User) -> Choices:
    return [(str(batch.pk), batch.short_name) for batch in Batch.objects.all()]


register_filter(Filter("unit", "单位", "全部单位", 10, _units))
register_filter(Filter("section", "栏目", "全部栏目", 20, _sections))
register_filter(Filter("batch", "五个一批", "不限", 30, _batches))
register_filter(Filter("state", "状态", "全部状态", 40, _states))
