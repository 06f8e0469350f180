"""Addresses of 信息报送: the unit's side of a report."""

from __future__ import annotations

from django.urls import path

from bulletins.views import (
    certificate,
    from_activities,
    submission,
    submission_edit,
    submission_intake,
    submission_talk,
)

urlpatterns = [
    path("", submission.index, name="submissions"),
    path("new/", submission.new, name="submission-new"),
    path("from-activities/", from_activities.from_activities, name="submission-from-activities"),
    path("<int:pk>/", submission.detail, name="submission"),
    path("<int:pk>/edit/", submission_edit.edit, name="submission-edit"),
    path("<int:pk>/autosave/", submission_edit.autosave, name="submission-autosave"),
    path("<int:pk>/recognise/", submission_edit.recognise, name="submission-recognise"),
    path("<int:pk>/word/", submission_intake.word, name="submission-word"),
    path("<int:pk>/tidy/", submission_intake.tidy, name="submission-tidy"),
    path("<int:pk>/intake/", submission_intake.intake, name="submission-intake"),
    path("<int:pk>/points/", submission_talk.points, name="submission-points"),
    path("<int:pk>/answer/", submission_talk.answer, name="submission-answer"),
    path("<int:pk>/certificate/", certificate.certificate, name="certificate"),
    path("<int:pk>/certificate/pdf/", certificate.certificate_pdf, name="certificate-pdf"),
    path("<int:pk>/preview/", submission.preview, name="submission-preview"),
    path("<int:pk>/delete/", submission.delete, name="submission-delete"),
    path("<int:pk>/<slug:name>/", submission.act, name="submission-act"),
]
