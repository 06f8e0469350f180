"""What two boards side by side say of their targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pilots.pace import PaceState
from portal.home.boards.compared import compare
from portal.home.boards.facts import Board, Quota, Table

AIM = "不少于8次"


def quota(label: str = "联合教研", *, things: int = 1, reached: int = 0, share: int = 0, aim: str = AIM) -> Quota:
    return Quota(label, aim, "必达", "", "", f"/targets/{label}/", PaceState.NORMAL, "", share, things, reached, 0, 0)


def board(*quotas: Quota) -> Board:
    months = Table("months", "各月活动", "项", "", ["月份"], [])
    day = date(2025, 6, 30)
    return Board("unit", "青山县", "unit", "", "", day, [], [], list(quotas), months, None, [])


def test_of_one_thing_each_it_is_told_how_far_they_are() -> None:
    (line,) = compare(board(quota(share=75)), board(quota(share=50)))
    assert (line.this.label, line.this.unit) == ("联合教研（不少于8次）：完成比例", "%")
    assert (line.this.number, line.other.number, line.change_text) == (75, 50, "+25")
    assert line.this.url == "/targets/联合教研/", "the figure opens its rows"


def test_where_one_board_counts_several_it_is_told_how_many_keep_the_target() -> None:
    (line,) = compare(board(quota(things=3, reached=2, share=66)), board(quota(share=90)))
    assert line.this.label.endswith("达标比例")
    assert (line.this.number, line.other.number, line.change) == (67, 0, 67)


def test_what_nobody_has_reported_is_unknown_and_not_nothing() -> None:
    unknown = replace(quota(), state=PaceState.UNKNOWN)
    (line,) = compare(board(unknown), board(quota(share=100)))
    assert (line.this.number, line.other.number, line.change) == (None, 100, None)


def test_only_the_same_target_is_put_beside_it() -> None:
    assert compare(board(quota()), board(quota("示范课"))) == []
    assert compare(board(quota()), board(quota(aim="不少于6次"))) == []


def test_a_target_that_several_areas_set_for_themselves_is_left_out() -> None:
    assert compare(board(quota(), replace(quota(), share=40)), board(quota())) == []
