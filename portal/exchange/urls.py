"""Addresses of tables out and in."""

from __future__ import annotations

from django.urls import path

from portal.exchange.views.tables import apply, export, take_in, template

urlpatterns = [
    path("<slug:noun>/", take_in, name="exchange"),
    path("<slug:noun>/apply/", apply, name="apply-exchange"),
    path("<slug:noun>/template/", template, name="exchange-template"),
    path("<slug:noun>/export/", export, name="export-table"),
]
