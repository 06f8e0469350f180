"""The jobs of this app: which service does which kind; and what is asked for when facts have changed."""

from __future__ import annotations

from portal.home.services.board import RENEW_BOARDS, note_change
from portal.home.services.board_print import BOARD_PDF
from portal.home.services.weekly import WEEKLY_DIGEST
from portal.jobs.services import handles
from portal.measures import on_figures_changed

handles(WEEKLY_DIGEST, "portal.home.services.weekly.weekly_digest")
handles(RENEW_BOARDS, "portal.home.services.board.renew_boards")
handles(BOARD_PDF, "portal.home.services.board_print.print_board_pdf")
on_figures_changed(note_change)
