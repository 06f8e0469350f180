"""封存: a closed period stays; a correction is a new version with a reason; recounting gives what is stored."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from pilots.queries.standing import figures
from pilots.services.closing import is_intact, recount
from portal.accounts.roles import Role, UnitKind
from portal.periods import month_of, term_of
from portal.refusals import Refused
from tests.factories import make_officer, make_unit, make_user
from tests.factories.activity import make_indicator, make_recorded
from tests.factories.figures import last_term, make_closing, make_reported, make_value

pytestmark = pytest.mark.django_db


def test_recounting_gives_what_is_stored_and_the_hash_holds() -> None:
    county, editor = make_unit(UnitKind.COUNTY), make_user(Role.EDITOR)
    reported, counted = make_reported(), make_indicator(UnitKind.COUNTY)
    make_value(reported, county, 3, by=make_officer(county), period=last_term())
    make_recorded(county, day=last_term().start, sessions=2)
    closing = make_closing(editor)
    stored = {(one.code, one.subject): one.value for one in closing.figures.all()}
    assert stored[reported.code, county.pk] == 3
    assert stored[counted.code, county.pk] == 2
    assert recount(closing) == []
    assert is_intact(closing)


def test_what_happens_later_changes_no_closed_figure_until_a_correction_with_a_reason() -> None:
    county, editor = make_unit(UnitKind.COUNTY), make_user(Role.EDITOR)
    counted = make_indicator(UnitKind.COUNTY)
    make_recorded(county, day=last_term().start)
    first = make_closing(editor)
    make_recorded(county, day=last_term().start)
    assert figures(counted, [county.pk], last_term()) == {county.pk: 1}
    assert [(one.stored, one.counted) for one in recount(first) if one.name == counted.name] == [("1次", "2次")]
    with pytest.raises(Refused, match="更正须写明理由"):
        make_closing(editor)
    second = make_closing(editor, reason="补记一次活动")
    assert second.version == 2
    assert figures(counted, [county.pk], last_term()) == {county.pk: 2}
    assert is_intact(first)
    with pytest.raises(Refused, match="完全相同"):
        make_closing(editor, reason="再来一次")


def test_the_database_refuses_to_change_what_is_closed() -> None:
    county, editor = make_unit(UnitKind.COUNTY), make_user(Role.EDITOR)
    make_indicator(UnitKind.COUNTY)
    closing = make_closing(editor)
    with pytest.raises(DatabaseError), transaction.atomic():
        closing.figures.filter(subject=county.pk).update(value=Decimal(99))
    with pytest.raises(DatabaseError), transaction.atomic():
        closing.figures.all()._raw_delete(closing.figures.db)


def test_only_a_period_that_is_over_is_closed_and_by_the_office_alone() -> None:
    editor, today = make_user(Role.EDITOR), timezone.localdate()
    with pytest.raises(Refused, match="还没有结束"):
        make_closing(editor, term_of(today))
    with pytest.raises(Refused, match="只能封存一个学期"):
        make_closing(editor, month_of(last_term().start))
    with pytest.raises(PermissionDenied):
        make_closing(make_officer())
