"""Addresses of the work desk, and of the ground's own pages that have no app above them."""

from __future__ import annotations

from django.urls import include, path

from portal.home.views.desk import home, waiting
from portal.home.views.unit import unit

urlpatterns = [
    path("", home, name="home"),
    path("waiting/", waiting, name="waiting"),
    path("units/<int:pk>/", unit, name="unit"),
    path("audit/", include("portal.audit.urls")),
    path("exchange/", include("portal.exchange.urls")),
]
