"""Addresses of 结对合作."""

from __future__ import annotations

from django.urls import path

from alliances.views import partnership

urlpatterns = [path("", partnership.index, name="partnerships")]
