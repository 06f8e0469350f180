"""统计一览: one figure is the same everywhere, opens its rows, and is what computing afresh gives."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from alliances.queries.alliance import first_day
from pilots.models import Activity, Indicator, ReportingPeriod
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.home.boards.board import board_of
from portal.home.boards.facts import Board, Map, from_json, to_json
from portal.home.boards.maps import INDICATOR, map_of
from portal.home.boards.subjects import of_community, of_unit, units_with_board
from portal.home.models import FactsMark, Snapshot
from portal.home.services.board import RENEW_BOARDS, look_after_boards, renew_boards, shown_board, work_out
from portal.home.services.board_print import BOARD_PDF, file_of
from portal.jobs.models import Job, JobState
from portal.jobs.services import claim, run
from portal.measures import measure_called
from portal.periods import Period, month_of, school_year_of, term_of
from portal.text.official import official_date
from tests.factories import make_unit, make_user
from tests.factories.activity import make_indicator, make_recorded, make_target
from tests.factories.alliance import make_pair
from tests.factories.community import lead_of, make_community, make_school, member_of
from tests.factories.partnership import make_item
from tests.factories.progress import open_term
from tests.factories.selection import make_pilot
from tests.pdf import text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
Commit = Callable[..., Any]


@pytest.fixture
def leader() -> User:
    return make_user(Role.LEADER, name="省办领导")


@pytest.fixture
def county() -> Unit:
    city = make_unit(UnitKind.PREFECTURE, "青山市", the_office())
    return make_unit(UnitKind.COUNTY, "清溪县", city)


@pytest.fixture
def term() -> Period:
    return term_of(timezone.localdate())


def some(county: Unit, number: int) -> Unit:
    """A school of the county with so many activities today."""
    school = make_school(county, f"清溪第{number}小学")
    for _ in range(number):
        make_recorded(school, day=timezone.localdate())
    return school


def figure(board: Board, label: str) -> float | int | None:
    return next(one.number for one in board.headline if one.label == label)


def renewed() -> None:
    """Do the job that waits."""
    job = claim(Job.objects.get(kind=RENEW_BOARDS, state=JobState.QUEUED).pk)
    assert job
    renew_boards(job)


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


def test_a_figure_opens_the_rows_it_is_made_of(county: Unit, leader: User, signed_in: SignIn) -> None:
    some(county, 3)
    client = signed_in(leader)
    board: Board = client.get("/board/").context["board"]
    opened = [one for _, one in board.all_figures() if one.label in ("活动", "合计", "联合教研") and one.number == 3]
    assert len(opened) >= 3
    for one in opened:
        assert client.get(one.url).context["page"].paginator.count == 3, one


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


def test_a_quota_of_the_past_opens_what_it_was_made_of(county: Unit, leader: User, signed_in: SignIn) -> None:
    school, day = some(county, 0), timezone.localdate()
    make_target(the_office(), 8, indicator=make_indicator())
    past = term_of(day - timedelta(days=300))
    make_recorded(school, day=past.start + timedelta(days=20))
    client = signed_in(leader)
    for unit in (the_office(), county):
        quota = board_of(of_unit(unit), past, day).quotas[0]
        assert "已完成1次" in quota.words
        page = client.get(quota.url)
        assert [line.pace.words for line, _ in page.context["lines"]] == [quota.words]
        assert f"截至{official_date(past.end)}" in page.content.decode()


def test_late_sheets_of_a_school_open_its_own_and_nobody_elses(county: Unit, leader: User, signed_in: SignIn) -> None:
    today = timezone.localdate()
    school, other = make_school(county, "清溪小学"), make_school(county, "清溪小学分校")
    opened = open_term(make_user(Role.EDITOR))
    ReportingPeriod.objects.filter(pk=opened.pk).update(due=today - timedelta(days=3))
    assert set(opened.reports.values_list("unit", flat=True)) >= {school.pk, other.pk}
    board = board_of(of_unit(school), term_of(today), today)
    late = next(group.figure for group in board.late if group.figure.label == "确认单逾期")
    assert late.number == 1
    rows = signed_in(leader).get(late.url).context["page"].object_list
    assert [row.unit for row in rows] == [school]


def test_names_on_a_communitys_map_lead_only_to_boards_that_the_reader_may_open(
    county: Unit, leader: User, signed_in: SignIn
) -> None:
    community = make_community(county)
    lead, member = lead_of(community), member_of(community)
    path = of_community(community).url
    own, others = of_unit(lead).url, of_unit(member).url
    page = signed_in(make_user(Role.INFORMATION_OFFICER, lead)).get(path).content.decode()
    assert member.label in page
    assert f'href="{own}"' in page
    assert f'href="{others}"' not in page
    assert f'href="{others}"' in signed_in(leader).get(path).content.decode()


def test_late_work_of_a_county_opens_what_concerns_it_and_no_other(leader: User, signed_in: SignIn) -> None:
    pair, other = make_pair(), make_pair()
    today = timezone.localdate()
    late = make_item(pair, pair.county, due=today - timedelta(days=2))
    make_item(other, other.county, due=today - timedelta(days=2))
    board = board_of(of_unit(pair.county), term_of(today), today)
    figure = next(group.figure for group in board.late if group.figure.label == "工作清单逾期")
    assert figure.number == 1
    assert list(signed_in(leader).get(figure.url).context["page"]) == [late]


def test_the_other_kinds_of_a_month_open_those_activities(county: Unit, leader: User, signed_in: SignIn) -> None:
    today = timezone.localdate()
    chief = ("联合教研", "集体备课", "教学沙龙", "课题研究", "培训")
    for kind in (*chief, *chief, "送教下乡", "学生交流"):
        make_recorded(county, day=today, kind=kind)
    board = board_of(of_unit(the_office()), term_of(today), today)
    (others,) = [one for row in board.months.rows for one in row.figures if one.label == "其他" and one.number]
    opened = signed_in(leader).get(others.url).context["page"]
    assert (others.number, {str(one.kind) for one in opened}) == (2, {"送教下乡", "学生交流"})


def test_every_figure_of_a_community_opens_what_it_did_in_just_that_time(
    county: Unit, leader: User, signed_in: SignIn
) -> None:
    community, today = make_community(county), timezone.localdate()
    lead, member = lead_of(community), member_of(community)
    year = school_year_of(today - timedelta(days=365))
    for day, kind in ((40, "联合教研"), (45, "培训"), (250, "联合教研")):  # in both terms of the year
        make_recorded(lead, member, day=year.start + timedelta(days=day), kind=kind)
    make_recorded(lead, day=year.start + timedelta(days=60))  # no community's
    board = board_of(of_community(community), year, today)
    client = signed_in(leader)
    for label, number in (("共同体活动场次", 3), ("联合教研", 1), ("合计", 2)):
        figure = next(one for _, one in board.all_figures() if one.label == label and one.number)
        assert (figure.number, client.get(figure.url).context["page"].paginator.count) == (number, number), label


@pytest.mark.parametrize("measure", ["alliances.pairs", "alliances.schools", "pilot_counties", "pilot_schools"])
def test_what_stands_under_a_unit_opens_just_those(county: Unit, leader: User, signed_in: SignIn, measure: str) -> None:
    found = measure_called(measure)
    assert found
    today = timezone.localdate()
    for area in (county, make_unit(UnitKind.COUNTY)):  # the other one shows that rows are narrowed
        make_pair(county=area)
        make_pilot(area)
        for number in range(2):
            make_pilot(make_school(area, f"{area.name}第{number}小学"))
    past = make_pilot(make_school(county), until=today - timedelta(days=400))
    assert past
    client, term = signed_in(leader), term_of(today)
    for unit in (the_office(), county.parent, county):
        assert unit
        counted = found.count([unit.pk], term)[unit.pk]
        opened = client.get(found.address(unit.pk, term)).context["page"].paginator.count
        assert opened == counted == found.rows(unit.pk, term).count() > 0


def test_what_is_behind_opens_where_it_is_told_of_that_unit_and_time(
    county: Unit, leader: User, signed_in: SignIn
) -> None:
    today = timezone.localdate()
    indicator = make_indicator(UnitKind.COUNTY, direction=Indicator.Direction.AT_MOST)
    for area in (county, make_unit(UnitKind.COUNTY, "白石县", county.parent)):
        make_target(area, 0, indicator=indicator)
        make_recorded(area, day=today)
    client = signed_in(leader)
    for unit, number in ((county, 1), (the_office(), 2)):
        board = board_of(of_unit(unit), term_of(today), today)
        behind = next(group.figure for group in board.late if group.figure.label == "目标滞后")
        opened = client.get(behind.url).context
        told = opened["rows"] if unit == the_office() else [one for one in opened["board"].quotas if one.late]
        assert (behind.number, len(told)) == (number, number)
