"""Addresses of 年终材料."""

from __future__ import annotations

from django.urls import path

from portal.packs import views

urlpatterns = [
    path("", views.packs, name="packs"),
    path("<int:pk>/row/", views.pack_row, name="pack-row"),
    path("<int:pk>/file/", views.pack_file, name="pack-file"),
]
