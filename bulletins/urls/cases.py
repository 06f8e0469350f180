"""Addresses of 典型案例 inside: units, the office, and the experts who score."""

from __future__ import annotations

from django.urls import path

from bulletins.views import case, case_desk, case_frame, case_library, case_review

urlpatterns = [
    path("", case.cases, name="cases"),
    path("export.xlsx", case.export, name="cases-export"),
    path("new/", case.new, name="case-new"),
    path("frames/", case_frame.case_frames, name="case-frames"),
    path("frames/new/", case_frame.case_frame_new, name="case-frame-new"),
    path("frames/<int:pk>/", case_frame.case_frame, name="case-frame"),
    path("reviews/", case_review.reviews, name="case-reviews"),
    path("reviews/<int:pk>/", case_review.review, name="case-review"),
    path("<int:pk>/", case.case, name="case"),
    path("<int:pk>/edit/", case.edit, name="case-edit"),
    path("<int:pk>/delete/", case.delete, name="case-delete"),
    path("<int:pk>/pdf/", case_library.pdf, name="case-pdf"),
    path("<int:pk>/word/", case_library.word, name="case-word"),
    path("<int:pk>/versions/<int:number>/", case.version, name="case-version"),
    path("<int:pk>/assign/", case_desk.assign, name="case-assign"),
    path("<int:pk>/reviews/<int:review>/release/", case_desk.release, name="case-release"),
    path("<int:pk>/offer/", case_desk.offer, name="case-offer"),
    path("<int:pk>/act/<slug:name>/", case.act, name="case-act"),
]
