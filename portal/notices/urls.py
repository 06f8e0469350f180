"""Addresses of 消息."""

from __future__ import annotations

from django.urls import path

from portal.notices.views import notice

urlpatterns = [
    path("", notice.notices, name="notices"),
    path("read/", notice.read_all, name="notices-read"),
    path("settings/", notice.preferences, name="notice-settings"),
    path("<int:pk>/", notice.one, name="notice"),
]
