"""Addresses of tables out and in."""

from __future__ import annotations

from django.urls import path

from portal.exchange.views.tables import export, take_in, template
from portal.exchange.views.uploads import apply, passwords, result, table, uploaded_file

urlpatterns = [
    path("<slug:noun>/", take_in, name="exchange"),
    path("<slug:noun>/template/", template, name="exchange-template"),
    path("<slug:noun>/export/", export, name="export-table"),
    path("<slug:noun>/<int:pk>/", table, name="exchange-table"),
    path("<slug:noun>/<int:pk>/apply/", apply, name="apply-exchange"),
    path("<slug:noun>/<int:pk>/passwords/", passwords, name="exchange-passwords"),
    path("<slug:noun>/<int:pk>/result/", result, name="exchange-result"),
    path("<slug:noun>/<int:pk>/file/", uploaded_file, name="exchange-file"),
]
