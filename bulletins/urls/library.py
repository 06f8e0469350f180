"""Addresses of the public library of cases (案例库): open to anybody."""

from __future__ import annotations

from django.urls import path

from bulletins.views import case_library

urlpatterns = [
    path("", case_library.library, name="case-library"),
    path("<int:pk>/", case_library.public_case, name="public-case"),
    path("<int:pk>/pdf/", case_library.public_pdf, name="public-case-pdf"),
    path("<int:pk>/word/", case_library.public_word, name="public-case-word"),
]
