"""Addresses of what became of a need."""

from __future__ import annotations

from django.urls import path

from pilots.views import order

urlpatterns = [path("<int:pk>/finish/", order.finish, name="need-finish")]
