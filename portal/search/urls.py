"""Addresses of 查找."""

from __future__ import annotations

from django.urls import path

from portal.search import views

urlpatterns = [
    path("", views.search, name="search"),
    path("saved/", views.search_save, name="search-save"),
    path("saved/<int:pk>/delete/", views.search_forget, name="search-forget"),
]
