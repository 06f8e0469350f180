"""Addresses of the work desk, and of the ground's own pages that have no app above them."""

from __future__ import annotations

from django.urls import include, path

from portal.home.views.desk import home, waiting

urlpatterns = [
    path("", home, name="home"),
    path("waiting/", waiting, name="waiting"),
    path("audit/", include("portal.audit.urls")),
    path("exchange/", include("portal.exchange.urls")),
]
