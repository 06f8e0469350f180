"""Addresses of version 1; every app names its own resources."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("bulletins.api.urls"))]
