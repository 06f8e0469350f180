"""Addresses of 来稿处理: what units have sent in."""

from __future__ import annotations

from django.urls import path

from bulletins.views import desk

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("<int:pk>/", desk.desk_submission, name="desk-submission"),
    path("<int:pk>/<slug:name>/", desk.desk_act, name="desk-act"),
]
