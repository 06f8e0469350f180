"""``manage.py recount``: counting from scratch gives what is kept, or says in plain words what is another."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from pilots.models import ActivityCredit
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.home.boards.subjects import of_unit
from portal.home.models import Snapshot
from portal.home.services.board import shown_board
from portal.periods import term_of
from tests.factories import make_officer, make_unit, make_user
from tests.factories.activity import make_indicator, make_recorded
from tests.factories.figures import last_term, make_closing, make_reported, make_value

pytestmark = pytest.mark.django_db


def recounted() -> tuple[str, str]:
    """What the command printed, and the sentence it failed with."""
    out = StringIO()
    failed = ""
    try:
        call_command("recount", stdout=out)
    except CommandError as error:  # the command then ends with status 1
        failed = str(error)
    return out.getvalue(), failed


def test_counting_from_scratch_gives_what_is_kept() -> None:
    county, editor = make_unit(UnitKind.COUNTY), make_user(Role.EDITOR)
    make_value(make_reported(), county, 3, by=make_officer(county), period=last_term())
    make_recorded(county, day=last_term().start, sessions=2)
    closing = make_closing(editor)
    shown_board(of_unit(the_office()), term_of(timezone.localdate()))
    text, failed = recounted()
    assert failed == ""
    assert f"封存数据 {closing}：一致" in text
    assert "活动计入的单位：一致" in text
    assert f"统计一览 {the_office().name}" in text
    assert "全部一致" in text


def test_what_was_added_after_the_closing_is_told_with_both_figures() -> None:
    county, counted = make_unit(UnitKind.COUNTY), make_indicator(UnitKind.COUNTY)
    make_recorded(county, day=last_term().start)
    make_closing(make_user(Role.EDITOR))
    make_recorded(county, day=last_term().start)
    text, failed = recounted()
    assert f"{counted.name}，{county.name}：留存的是1次，现在算得2次" in text
    assert "1项与留存的不同" in failed


def test_a_board_that_is_another_is_told_by_the_name_of_its_figure() -> None:
    shown_board(of_unit(the_office()), term_of(timezone.localdate()))
    snapshot = Snapshot.objects.get()
    figure = snapshot.content["headline"][0]
    kept = (figure["number"] or 0) + 7
    figure["number"] = kept
    snapshot.save()
    text, failed = recounted()
    assert f"{figure['label']}：留存的是{kept}，现在算得" in text
    assert failed


def test_a_unit_an_activity_does_not_count_for_is_told_and_nothing_is_changed() -> None:
    county = make_unit(UnitKind.COUNTY)
    make_recorded(county)
    ActivityCredit.objects.filter(unit=county).delete()
    text, failed = recounted()
    assert f"{county.name}：留存的是空，现在算得计入" in text
    assert failed
    assert not ActivityCredit.objects.filter(unit=county).exists()
