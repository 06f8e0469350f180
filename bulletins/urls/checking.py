"""Addresses of checking, shortening, twins and the list of words; they lie among those of desk and issues."""

from __future__ import annotations

from django.urls import path

from bulletins.views import aids, checking, twin, word

urlpatterns = [
    path("issues/<int:pk>/checks/", checking.issue_checks, name="issue-checks"),
    path("issues/<int:pk>/checks/mend/", checking.issue_mend, name="issue-mend"),
    path("issues/<int:pk>/checks/unmend/", checking.issue_unmend, name="issue-unmend"),
    path("issues/<int:pk>/checks/waive/", checking.issue_waive, name="issue-waive"),
    path("issues/entries/<int:pk>/aids/", aids.entry_aids, name="entry-aids"),
    path("issues/words/", word.words, name="words"),
    path("issues/words/export/", word.words_export, name="words-export"),
    path("issues/words/new/", word.word_new, name="word-new"),
    path("issues/words/<int:pk>/", word.word_edit, name="word-edit"),
    path("desk/<int:pk>/aids/", aids.report_aids, name="report-aids"),
    path("desk/<int:pk>/twins/<int:twin>/dismiss/", twin.twin_dismiss, name="twin-dismiss"),
]
