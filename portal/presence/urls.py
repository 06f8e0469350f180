"""Where open pages report."""

from __future__ import annotations

from django.urls import path

from portal.presence import views

urlpatterns = [path("", views.present, name="presence")]
