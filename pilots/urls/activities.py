"""Addresses of activities, and of targets."""

from __future__ import annotations

from django.urls import path

from pilots.views import activity, activity_page, target

urlpatterns = [
    path("activities/", activity.activities, name="activities"),
    path("activities/table/", activity.export, name="activities-export"),
    path("activities/calendar/", activity.calendar, name="activities-calendar"),
    path("activities/new/", activity_page.new, name="activity-new"),
    path("activities/<int:pk>/", activity_page.activity, name="activity"),
    path("activities/<int:pk>/edit/", activity_page.edit, name="activity-edit"),
    path("activities/<int:pk>/match/", activity_page.match, name="activity-match"),
    path("activities/<int:pk>/part/", activity_page.part, name="activity-part"),
    path("activities/<int:pk>/link/", activity_page.link, name="activity-link"),
    path("activities/<int:pk>/unlink/", activity_page.unlink, name="activity-unlink"),
    path("activities/<int:pk>/act/<slug:name>/", activity_page.act, name="activity-act"),
    path("targets/", target.targets, name="targets"),
    path("targets/table/", target.export, name="targets-export"),
    path("targets/new/", target.new, name="target-new"),
    path("targets/<int:pk>/", target.target, name="target"),
    path("targets/<int:pk>/edit/", target.edit, name="target-edit"),
    path("targets/<int:pk>/delete/", target.delete, name="target-delete"),
]
