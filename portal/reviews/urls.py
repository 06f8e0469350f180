"""The address of the table of collecting levels."""

from __future__ import annotations

from django.urls import path

from portal.reviews.views import levels

urlpatterns = [path("", levels.levels, name="collecting-levels")]
