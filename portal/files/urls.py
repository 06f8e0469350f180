"""Addresses of attachments."""

from __future__ import annotations

from django.urls import path

from portal.files import views

urlpatterns = [
    path("<int:pk>/", views.attachment, name="attachment"),
    path("<int:pk>/delete/", views.delete, name="attachment-delete"),
    path("add/<str:label>/<int:owner>/", views.upload, name="attachment-upload"),
]
