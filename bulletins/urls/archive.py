"""Addresses of the public archive: open to anybody."""

from __future__ import annotations

from django.urls import path

from bulletins.views import archive, feed

urlpatterns = [
    path("", archive.archive, name="archive"),
    path("feed.atom", feed.feed, name="archive-feed"),
    path("<int:pk>/", archive.issue, name="archive-issue"),
    path("<int:pk>/pdf/", archive.pdf, name="archive-pdf"),
]
