"""A board on paper says what the page says."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import timezone

from portal.accounts.queries.unit import the_office
from portal.accounts.roles import UnitKind
from portal.home.boards.board import board_of
from portal.home.boards.printed import print_board
from portal.home.boards.subjects import of_unit
from portal.periods import term_of
from portal.printing.fonts import find_fonts
from tests.factories import make_unit
from tests.factories.activity import make_indicator, make_recorded, make_target
from tests.factories.community import make_school
from tests.pdf import text_of

pytestmark = pytest.mark.django_db


def test_it_names_who_has_done_nothing_yet_and_counts_what_is_late() -> None:
    county, today = make_unit(UnitKind.COUNTY), timezone.localdate()
    busy, idle = (make_school(county, f"清溪第{number}小学") for number in (1, 2))
    make_target(county, 8, indicator=make_indicator())
    make_recorded(busy, day=today)
    board = board_of(of_unit(the_office()), term_of(today), today)
    text = text_of(print_board(board, None, timezone.localtime(), find_fonts(settings.FONT_DIR)).pdf)
    assert f"尚未开展：{idle.name}" in text
    assert f"逾期和滞后{board.late_count}件" in text.replace(" ", "").replace("\n", "")
