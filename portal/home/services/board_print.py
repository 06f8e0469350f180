"""A board printed: it loads the printing machinery only when somebody asks for paper."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from portal.home.boards.facts import Board, Map


def board_pdf(board: Board, shown_map: Map | None, computed_at: datetime) -> bytes:
    """The PDF, worked out at once: the board is one or two pages."""
    from portal.home.boards.printed import print_board
    from portal.printing.fonts import find_fonts

    return print_board(board, shown_map, timezone.localtime(computed_at), find_fonts(settings.FONT_DIR)).pdf
