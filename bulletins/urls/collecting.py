"""Addresses of 汇总转报 and of unit sign-off."""

from __future__ import annotations

from django.urls import path

from bulletins.views import collecting, signing

urlpatterns = [
    path("collected/", collecting.collected, name="collected"),
    path("collected/join/", collecting.join, name="collected-join"),
    path("counties/", collecting.counties, name="county-submissions"),
    path("<int:pk>/take-apart/", collecting.take_apart, name="submission-take-apart"),
    path("<int:pk>/paper/", signing.paper, name="submission-paper"),
    path("<int:pk>/link/", signing.link_make, name="sign-link"),
    path("<int:pk>/link/revoke/", signing.link_revoke, name="sign-link-revoke"),
]
