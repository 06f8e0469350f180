"""Activities to be counted, and a figure looked up on a board."""

from __future__ import annotations

from django.utils import timezone

from portal.accounts.models import Unit
from portal.home.boards.facts import Board
from tests.factories.activity import make_recorded
from tests.factories.community import make_school


def some(county: Unit, number: int) -> Unit:
    """A school of the county with so many activities today."""
    school = make_school(county, f"清溪第{number}小学")
    for _ in range(number):
        make_recorded(school, day=timezone.localdate())
    return school


def figure(board: Board, label: str) -> float | int | None:
    return next(one.number for one in board.headline if one.label == label)
