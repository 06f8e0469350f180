"""Addresses of the work desk, and of the ground's own pages that have no app above them."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.http import conditional_page

from portal.home import api
from portal.home.views import board
from portal.home.views.desk import home, waiting
from portal.home.views.unit import unit

urlpatterns = [
    path("", home, name="home"),
    path("waiting/", waiting, name="waiting"),
    path("units/<int:pk>/", unit, name="unit"),
    path("board/", board.board, name="board"),
    path("board/table/", board.board_export, name="board-export"),
    path("board/pdf/", board.board_print, name="board-pdf"),
    path("board/<slug:kind>/<int:pk>/", board.board, name="board-of"),
    path("board/<slug:kind>/<int:pk>/table/", board.board_export, name="board-of-export"),
    path("board/<slug:kind>/<int:pk>/pdf/", board.board_print, name="board-of-pdf"),
    path("api/v1/board/", conditional_page(api.own_board), name="api-board"),
    path("api/v1/board/<slug:kind>/<int:pk>/", conditional_page(api.board), name="api-board-of"),
    path("audit/", include("portal.audit.urls")),
    path("exchange/", include("portal.exchange.urls")),
]
