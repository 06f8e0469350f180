"""Makers of what tests need, through the portal's own services wherever these exist."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from bulletins.models import Issue, Submission
from bulletins.queries.issue import the_periodical
from bulletins.services.desk import adopt_submission
from bulletins.services.issue import create_issue
from bulletins.services.submission import create_submission, submit_submission
from pilots.models import Activity, ActivityKind
from pilots.services.activity import Facts, save_activity
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office, the_programme
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.post import give_post
from portal.accounts.services.unit import register_unit

_serial = count(1)

#: Long enough ago that every test's day falls into it.
LONG_SINCE = date(2020, 1, 1)
#: Every made-up account signs in with this.
PASSWORD = "sample-pass-2024"


def make_unit(kind: str = UnitKind.UNIVERSITY, name: str = "", parent: Unit | None = None, **fields: Any) -> Unit:
    """A unit of ``kind`` under the office, or under a new prefecture or county where the kind needs one."""
    number = next(_serial)
    name = name or f"{UnitKind(kind).label}{number}"
    if parent is None and kind == UnitKind.COUNTY:
        parent = make_unit(UnitKind.PREFECTURE)
    elif parent is None and kind == UnitKind.SCHOOL:
        parent = make_unit(UnitKind.COUNTY)
    elif parent is None:
        parent = the_office()
    fields.setdefault("official_order", number)
    return register_unit(programme=the_programme(), kind=kind, name=name, parent=parent, by=None, **fields)


def make_user(role: str = "", unit: Unit | None = None, *, name: str = "", **fields: Any) -> User:
    """An account; with ``role`` it holds that post in ``unit`` (the office if not given) since long ago."""
    number = next(_serial)
    user = User.objects.create_user(f"user{number}", PASSWORD, name=name or f"测试人员{number}", **fields)
    if role:
        until = date(2099, 12, 31) if role == Role.DEPUTY_OFFICER else None
        give_post(user=user, unit=unit or the_office(), role=role, by=None, since=LONG_SINCE, until=until)
    return user


def make_officer(unit: Unit | None = None) -> User:
    """The information officer of ``unit`` (a new university if not given)."""
    return make_user(Role.INFORMATION_OFFICER, unit or make_unit())


def make_activity(unit: Unit, day: date = date(2024, 11, 5), kind: str = "联合教研", **facts: Any) -> Activity:
    """A draft activity of ``unit`` with the facts that recording asks for."""
    fields: dict[str, Any] = {"kind": ActivityKind.objects.get(name=kind), "start": day, "end": day} | facts
    return save_activity(None, Facts(**fields), unit=unit, by=None)


def make_draft(officer: User, title: str = "开展联合教研", text: str = "11月5日，两校教师一起磨课。") -> Submission:
    """A draft of the officer's unit with one activity."""
    unit = officer.posts_today[0].unit
    submission = create_submission(unit=unit, by=officer, title=title, text=text)
    submission.activities.add(make_activity(unit))
    return submission


def make_report(officer: User | None = None, **texts: str) -> Submission:
    """A report that has been sent in to the office."""
    officer = officer or make_officer()
    return submit_submission(make_draft(officer, **texts), by=officer)


def make_adopted(editor: User, officer: User | None = None, **texts: str) -> Submission:
    """A report that the office has adopted and that waits for an issue."""
    return adopt_submission(make_report(officer, **texts), by=editor)


def make_issue(editor: User, issue_date: date = date(2024, 12, 2)) -> Issue:
    """An open issue whose collection window reaches far enough to hold every report of a test."""
    return create_issue(
        periodical=the_periodical(),
        issue_date=issue_date,
        window_start=LONG_SINCE,
        window_end=date(2099, 12, 31),
        by=editor,
    )
