"""Addresses of 约稿 at the office's desk."""

from __future__ import annotations

from django.urls import path

from bulletins.views import call, call_table

urlpatterns = [
    path("", call.calls, name="calls"),
    path("new/", call.new, name="call-new"),
    path("points/", call.points, name="call-points"),
    path("<int:pk>/", call_table.call, name="call"),
    path("<int:pk>/edit/", call.edit, name="call-edit"),
    path("<int:pk>/targets/", call.targets, name="call-targets"),
    path("<int:pk>/delete/", call.delete, name="call-delete"),
    path("<int:pk>/copy/", call.copy, name="call-copy"),
    path("<int:pk>/extend/", call_table.extend, name="call-extend"),
    path("<int:pk>/add/", call_table.add, name="call-add"),
    path("<int:pk>/remind/", call_table.remind, name="call-remind"),
    path("<int:pk>/table.xlsx", call_table.export, name="call-export"),
    path("<int:pk>/act/<slug:name>/", call_table.act, name="call-act"),
]
