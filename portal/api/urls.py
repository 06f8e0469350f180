"""Addresses of version 1; every app names its own resources."""

from __future__ import annotations

from django.urls import include, path

from portal.api import views

urlpatterns = [
    path("", views.root, name="api-root"),
    path("", include("bulletins.api.urls")),
    path("<path:rest>", views.unknown, name="api-unknown"),
]
