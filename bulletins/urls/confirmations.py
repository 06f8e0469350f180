"""Addresses of 请单位核稿, the unit's side."""

from __future__ import annotations

from django.urls import path

from bulletins.views import confirmation

urlpatterns = [path("<int:pk>/", confirmation.confirmation, name="confirmation")]
