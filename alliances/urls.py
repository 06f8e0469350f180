"""Addresses of 结对合作."""

from __future__ import annotations

from django.urls import path

from alliances.views import alliance, partnership

urlpatterns = [
    path("", partnership.index, name="partnerships"),
    path("alliance/", alliance.alliance, name="alliance"),
    path("alliance/table/", alliance.alliance_export, name="alliance-export"),
    path("alliance/edit/", alliance.alliance_edit, name="alliance-edit"),
]
