"""Addresses of 约稿 on a unit's side; a target is one unit's part in a call."""

from __future__ import annotations

from django.urls import path

from bulletins.views import own_call

urlpatterns = [
    path("", own_call.own_calls, name="own-calls"),
    path("<int:pk>/", own_call.own_call, name="own-call"),
    path("targets/<int:pk>/answer/", own_call.answer, name="own-call-answer"),
    path("targets/<int:pk>/link/", own_call.link, name="own-call-link"),
    path("targets/<int:pk>/no-report/", own_call.no_report, name="own-call-no-report"),
    path("targets/<int:pk>/report-after-all/", own_call.report_after_all, name="own-call-report-after-all"),
]
