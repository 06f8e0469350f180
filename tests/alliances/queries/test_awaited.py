"""What a pair waits for of each other stands on the list of who waits, with whom it lies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from alliances.services.meeting import Planned, call_meeting, hold_meeting
from alliances.services.work_item import add_work_item, finish_work_item
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.inbox.queries import awaited_by
from tests.factories import make_officer, make_user
from tests.factories.alliance import make_pair

pytestmark = pytest.mark.django_db


def awaited(user: User) -> list[tuple[str, str]]:
    """What is to be done, and with which unit it lies."""
    return [(row.what, str(row.unit)) for row in awaited_by(user)]


def test_an_item_of_the_list_is_awaited_by_the_other_side_until_it_is_done(editor: User) -> None:
    pair = make_pair()
    there, here = make_officer(pair.county), make_officer(pair.university)
    due = timezone.localdate() + timedelta(days=9)
    item = add_work_item(by=here, title="选派教师跟岗", owner=pair.county, due=due, partnership=pair)
    assert awaited(here) == [("办理工作事项", str(pair.county))]
    assert awaited(there) == awaited(make_officer()) == []
    finish_work_item(item, by=there, result="已选派两名。")
    assert awaited(here) == []


def test_what_the_office_gave_out_is_awaited_by_who_gave_it(editor: User) -> None:
    pair = make_pair()
    due = timezone.localdate() + timedelta(days=9)
    add_work_item(by=editor, title="报送名单", owner=pair.university, due=due)
    assert awaited(editor) == [("办理工作事项", str(pair.university))]
    assert awaited(make_user(Role.EDITOR)) == []


def test_the_minutes_of_a_meeting_are_awaited_by_who_was_invited() -> None:
    pair = make_pair()
    host, guest = make_officer(pair.university), make_officer(pair.county)
    planned = Planned(title="第一次协调会", start=timezone.localdate())
    meeting = call_meeting(pair.university, planned, by=host, partnership=pair)
    assert awaited(guest) == []
    hold_meeting(meeting, by=host)
    assert awaited(guest) == [("发出纪要", str(pair.university))]
    assert awaited(host) == []
