"""A board on paper says what the page says."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import timezone

from portal.accounts.queries.unit import the_office
from portal.accounts.roles import UnitKind
from portal.home.boards.board import board_of
from portal.home.boards.facts import Board, from_json, to_json
from portal.home.boards.printed import print_board
from portal.home.boards.subjects import of_unit
from portal.periods import term_of
from portal.printing.fonts import find_fonts
from tests.factories import make_officer, make_unit
from tests.factories.activity import make_indicator, make_recorded, make_target
from tests.factories.community import make_school
from tests.factories.figures import ask_for, make_reported, make_value
from tests.pdf import text_of

pytestmark = pytest.mark.django_db


def test_a_target_that_few_have_reported_is_not_well_and_names_who_is_silent() -> None:
    counties, today = [make_unit(UnitKind.COUNTY) for _ in range(4)], timezone.localdate()
    indicator = make_reported()
    ask_for(indicator, value=3)
    make_value(indicator, counties[0], 3, by=make_officer(counties[0]))
    board = board_of(of_unit(the_office()), term_of(today), today)
    told = board.quotas[0]
    assert (told.state, told.state_label, told.reached) == ("unknown", "暂无数据", 1)
    assert told.missing == [one.name for one in counties[1:]]
    text = text_of(print_board(board, None, timezone.localtime(), find_fonts(settings.FONT_DIR)).pdf)
    assert "尚未填报：" in text
    assert "尚未开展" not in text
    one = board_of(of_unit(counties[1]), term_of(today), today).quotas[0]
    assert (one.missing_word, one.missing) == ("尚未填报", [counties[1].name])


def test_a_target_that_is_reached_is_said_to_be_as_on_its_own_page() -> None:
    county, today = make_unit(UnitKind.COUNTY), timezone.localdate()
    indicator = make_reported()
    ask_for(indicator, value=3)
    make_value(indicator, county, 3, by=make_officer(county))
    for unit in (county, the_office()):
        quota = board_of(of_unit(unit), term_of(today), today).quotas[0]
        assert (quota.state, quota.state_label) == ("normal", "已达标")


def test_a_board_that_was_kept_before_targets_told_more_is_still_read() -> None:
    today = timezone.localdate()
    make_unit(UnitKind.COUNTY)
    ask_for(make_reported())
    kept = to_json(board_of(of_unit(the_office()), term_of(today), today))
    for quota in kept["quotas"]:
        del quota["missing_word"], quota["at_most"]
    assert from_json(Board, kept).quotas[0].missing_word == "尚未开展"


def test_it_names_who_has_done_nothing_yet_and_counts_what_is_late() -> None:
    county, today = make_unit(UnitKind.COUNTY), timezone.localdate()
    busy, idle = (make_school(county, f"清溪第{number}小学") for number in (1, 2))
    make_target(county, 8, indicator=make_indicator())
    make_recorded(busy, day=today)
    board = board_of(of_unit(the_office()), term_of(today), today)
    text = text_of(print_board(board, None, timezone.localtime(), find_fonts(settings.FONT_DIR)).pdf)
    assert f"尚未开展：{idle.name}" in text
    assert f"逾期和滞后{board.late_count}件" in text.replace(" ", "").replace("\n", "")
