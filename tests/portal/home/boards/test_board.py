"""统计一览: figures add up, are what computing afresh gives, and are seen by those whom they concern."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alliances.queries.alliance import first_day
from pilots.models import Activity
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.home.boards.board import board_of
from portal.home.boards.facts import Board, Map, from_json, to_json
from portal.home.boards.maps import INDICATOR, map_of
from portal.home.boards.subjects import of_unit, units_with_board
from portal.home.models import FactsMark, Snapshot
from portal.home.services.board import RENEW_BOARDS, look_after_boards, renew_boards, shown_board, work_out
from portal.jobs.models import Job, JobState
from portal.jobs.services import claim
from portal.periods import Period, month_of
from tests.factories import make_unit, make_user
from tests.factories.activity import make_indicator, make_recorded, make_target
from tests.factories.community import make_community, make_school
from tests.portal.home.boards.figures import figure, some

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
Commit = Callable[..., Any]


def renewed() -> None:
    """Do the job that waits."""
    job = claim(Job.objects.get(kind=RENEW_BOARDS, state=JobState.QUEUED).pk)
    assert job
    renew_boards(job)


def test_months_and_kinds_add_up_to_the_whole(county: Unit, term: Period) -> None:
    some(county, 4)
    make_recorded(county, day=timezone.localdate(), kind="培训")
    board = board_of(of_unit(the_office()), term, timezone.localdate())
    sums = [sum(one.number or 0 for one in row.figures[:-1]) for row in board.months.rows]
    assert sums == [row.figures[-1].number for row in board.months.rows]
    assert sum(sums) == figure(board, "活动") == 5


def test_every_figure_has_a_definition_and_the_board_its_day(county: Unit, term: Period) -> None:
    board = board_of(of_unit(county), term, timezone.localdate())
    assert [one for _, one in board.all_figures() if not one.meaning] == []
    assert board.day == timezone.localdate()


def test_what_is_stored_is_what_computing_afresh_gives(county: Unit, term: Period) -> None:
    make_target(county, indicator=make_indicator(kinds=("联合教研",)))
    school = some(county, 2)
    community = make_community(county)
    for subject in (of_unit(the_office()), of_unit(county), of_unit(school)):
        stored = from_json(Board, work_out(subject, term).content)
        assert stored == board_of(subject, term, timezone.localdate())
        assert from_json(Board, to_json(stored)) == stored
    drawn = map_of(of_unit(the_office()), "activities", term, timezone.localdate())
    assert from_json(Map, work_out(of_unit(the_office()), term, "activities").content) == drawn
    assert community


def test_a_change_is_told_once_after_the_commit_and_one_job_renews_the_page(
    county: Unit, term: Period, django_capture_on_commit_callbacks: Commit
) -> None:
    subject = of_unit(the_office())
    assert figure(shown_board(subject, term).board, "活动") == 0
    before = FactsMark.objects.get().number
    connection.run_on_commit.clear()  # what making the county has told already
    with django_capture_on_commit_callbacks(execute=True):
        some(county, 3)
    assert FactsMark.objects.get().number == before + 1
    late = shown_board(subject, term)
    assert (figure(late.board, "活动"), late.is_outdated) == (0, True)
    renewed()
    fresh = shown_board(subject, term)
    assert (figure(fresh.board, "活动"), fresh.is_outdated) == (3, False)


def test_an_older_result_never_replaces_a_newer_one(county: Unit, term: Period) -> None:
    subject = of_unit(county)
    FactsMark.objects.update(number=5)
    work_out(subject, term)
    FactsMark.objects.update(number=4)
    some(county, 1)
    work_out(subject, term)
    assert Snapshot.objects.get(subject=subject.key).mark == 5


def test_a_small_board_that_is_out_of_date_is_worked_out_at_once(county: Unit, term: Period) -> None:
    subject = of_unit(county)
    shown_board(subject, term)
    some(county, 2)
    FactsMark.objects.update(number=FactsMark.objects.get().number + 1)
    assert figure(shown_board(subject, term).board, "活动") == 2


def test_the_minute_finds_what_nobody_told_and_a_new_day(county: Unit, term: Period) -> None:
    look_after_boards()
    renewed()
    assert Snapshot.objects.filter(subject=of_unit(the_office()).key).count() == 2
    Snapshot.objects.update(day=timezone.localdate() - timedelta(days=1))
    look_after_boards()
    assert Job.objects.filter(kind=RENEW_BOARDS, state=JobState.QUEUED).count() == 1


def test_each_sees_the_boards_of_his_own_and_of_what_lies_below(county: Unit, leader: User) -> None:
    school, other = make_school(county, "清溪一小"), make_unit(UnitKind.COUNTY, "白石县", county.parent)
    officer = make_user(Role.INFORMATION_OFFICER, unit=county)
    above = make_user(Role.INFORMATION_OFFICER, unit=county.parent)
    assert set(units_with_board(officer)) == {county, school}
    assert set(units_with_board(above)) == {county.parent, county, other, school}
    assert units_with_board(leader).count() == Unit.objects.count()


def test_a_board_of_others_is_not_there(county: Unit, signed_in: SignIn) -> None:
    other = make_unit(UnitKind.COUNTY, "白石县", county.parent)
    client = signed_in(make_user(Role.INFORMATION_OFFICER, unit=county))
    assert client.get(f"/board/unit/{county.pk}/").status_code == 200
    assert client.get(f"/board/unit/{other.pk}/").status_code == 404
    assert client.get(f"/api/v1/board/unit/{other.pk}/").status_code == 404
    assert str(other) not in client.get(f"/board/unit/{county.pk}/").content.decode()


def test_a_target_stands_with_its_pace_in_the_county_where_it_holds(county: Unit, term: Period) -> None:
    assert county.parent is not None
    make_target(county.parent, 8, indicator=make_indicator(kinds=("联合教研",)))
    some(county, 1)
    (quota,) = board_of(of_unit(county), term, timezone.localdate()).quotas
    assert (quota.things, quota.aim) == (1, "不少于8次")
    assert "8次中已完成1次" in quota.words


def test_another_period_and_another_unit_can_be_set_beside(county: Unit, leader: User, signed_in: SignIn) -> None:
    other = make_unit(UnitKind.COUNTY, "白石县", county.parent)
    some(county, 3)
    client = signed_in(leader)
    compared = client.get(f"/board/unit/{county.pk}/?beside=unit:{other.pk}").context["compared"]
    assert next(
        (one.this.number, one.other.number, one.change_text) for one in compared if one.this.label == "活动"
    ) == (
        3,
        0,
        "+3",
    )
    month = month_of(first_day()).key
    assert client.get(f"/board/?other={month}").context["other"].period == month


def test_an_indicator_of_which_nothing_can_be_said_is_no_zero_on_the_map(county: Unit, term: Period) -> None:
    ratio = make_indicator(
        UnitKind.COUNTY, is_ratio=True, unit="%", denominator="alliances.schools", adding_up="ratio_of_sums"
    )
    drawn = map_of(of_unit(the_office()), INDICATOR + ratio.code, term, timezone.localdate())
    assert drawn
    (tile,) = drawn.tiles
    assert [one.figure.text for one in (tile, *tile.inside)] == ["—", "—"]


def test_the_leaders_page_asks_few_questions_however_much_there_is(
    county: Unit, leader: User, signed_in: SignIn
) -> None:
    client = signed_in(leader)
    client.get("/board/")
    for number in (1, 2, 3):
        some(county, number)
    client.get("/board/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/board/").status_code == 200
    assert len(asked) <= 20, [one["sql"][:120] for one in asked]
    assert Activity.objects.count() == 6
