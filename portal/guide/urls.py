"""Addresses of the user guide."""

from __future__ import annotations

from django.urls import path

from portal.guide.views import guide

urlpatterns = [
    path("", guide.contents, name="guide"),
    path("<slug:slug>/", guide.page, name="guide-page"),
]
