"""What a 学期确认单 says of a work list: late is what was due and is not done, not what is still to come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pilots.prefilled.work_items import missing
from portal.accounts.models import Unit
from portal.periods import Period, month_of, term_of
from tests.factories import make_unit
from tests.factories.partnership import make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Unit:
    return make_unit()


def around() -> Period:
    """A time that began before today and goes on after it."""
    today = timezone.localdate()
    month = month_of(today)
    return Period(month.key, month.label, today - timedelta(days=30), today + timedelta(days=30))


def test_what_is_due_today_or_later_is_not_missing_yet(owner: Unit) -> None:
    today = timezone.localdate()
    for days in (-1, 0, 20):
        make_item(None, owner, title=f"{days}天", due=today + timedelta(days=days))
    assert [sentence.split("”")[0] for sentence in missing(owner, around())] == ["工作事项“-1天"]


def test_of_a_term_that_is_over_everything_open_is_missing(owner: Unit) -> None:
    term = term_of(timezone.localdate() - timedelta(days=300))
    make_item(None, owner, due=term.end)
    assert len(missing(owner, term)) == 1
