"""报送要点 of the month."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from bulletins.models import Call
from bulletins.services.call import save_call, send_call
from bulletins.services.call_points import draft_points
from portal.accounts.models import User
from tests.factories import make_officer, make_unit

pytestmark = pytest.mark.django_db


def test_the_first_asks_every_unit_that_reports_until_the_end_of_the_month(editor: User, officer: User) -> None:
    make_unit()
    call = draft_points(by=editor, today=date(2028, 2, 10))
    assert (call.kind, call.topic, call.deadline) == (Call.Kind.POINTS, "2028年2月报送要点", date(2028, 2, 29))
    assert [target.unit for target in call.targets.all()] == [officer.posts_today[0].unit]


def test_the_next_starts_from_the_last_and_takes_new_units_in(editor: User, officer: User) -> None:
    first = draft_points(by=editor)
    save_call(first, by=editor, topic=first.topic, wanted="重点报教研联合体。", deadline=first.deadline)
    send_call(first, by=editor)
    newcomer = make_officer()
    second = draft_points(by=editor)
    assert second.wanted == "重点报教研联合体。"
    assert second.deadline is not None
    assert (second.deadline.year, second.deadline.month) > (timezone.localdate().year, timezone.localdate().month)
    asked = {target.unit for target in second.targets.all()}
    assert asked == {officer.posts_today[0].unit, newcomer.posts_today[0].unit}


def test_an_open_draft_is_taken_up_again(editor: User, officer: User) -> None:
    assert draft_points(by=editor) == draft_points(by=editor)
