"""Addresses of the record of who did what."""

from __future__ import annotations

from django.urls import path

from portal.audit.views.entries import entries, export

urlpatterns = [
    path("", entries, name="audit"),
    path("export/", export, name="export-audit"),
]
