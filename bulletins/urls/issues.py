"""Addresses of 编印工作动态: issues, their entries and proofs."""

from __future__ import annotations

from django.urls import path

from bulletins.views import (
    authority,
    correction,
    entry,
    issue,
    issue_chain,
    issue_sign,
    issue_talk,
    issue_word,
    proof,
    public_review,
)

urlpatterns = [
    path("", issue.issues, name="issues"),
    path("new/", issue.issue_new, name="issue-new"),
    path("<int:pk>/", issue.issue, name="issue"),
    path("<int:pk>/facts/", issue.issue_facts, name="issue-facts"),
    path("<int:pk>/assemble/", issue.issue_assemble, name="issue-assemble"),
    path("<int:pk>/act/<slug:name>/", issue_chain.issue_act, name="issue-act"),
    path("<int:pk>/sign/", issue_sign.issue_sign, name="issue-sign"),
    path("<int:pk>/sign/paper/", issue_sign.issue_sign_on_paper, name="issue-sign-on-paper"),
    path("<int:pk>/sign/sheet/", issue_sign.issue_sheet, name="issue-sheet"),
    path("<int:pk>/print/", issue_chain.issue_print, name="issue-print"),
    path("<int:pk>/publish/", public_review.issue_publish, name="issue-publish"),
    path("<int:pk>/correct/", correction.issue_correct, name="issue-correct"),
    path("<int:pk>/void/", correction.issue_void, name="issue-void"),
    path("authorities/", authority.authorities, name="authorities"),
    path("authorities/<int:pk>/end/", authority.authority_end, name="authority-end"),
    path("public-review/", public_review.review_items, name="review-items"),
    path("<int:pk>/final/", issue_chain.issue_final, name="issue-final"),
    path("<int:pk>/word/", issue_word.issue_word, name="issue-word"),
    path("<int:pk>/pdf/", issue_chain.issue_pdf, name="issue-pdf"),
    path("<int:pk>/proof/", proof.proof, name="issue-proof"),
    path("<int:pk>/progress/", proof.progress, name="issue-progress"),
    path("<int:pk>/proof/<int:rendition>/pdf/", proof.proof_pdf, name="proof-pdf"),
    path("<int:pk>/proof/<int:rendition>/<int:page>.png", proof.proof_picture, name="proof-picture"),
    path("<int:pk>/entries/new/", entry.entry_new, name="entry-new"),
    path("<int:pk>/place/<int:submission>/", entry.submission_place, name="submission-place"),
    path("<int:pk>/talk/", issue_talk.issue_talk, name="issue-talk"),
    path("entries/<int:pk>/", entry.entry, name="entry"),
    path("entries/<int:pk>/talk/", issue_talk.entry_talk, name="entry-talk"),
    path("entries/<int:pk>/ask/", issue_talk.entry_ask, name="entry-ask"),
    path("entries/<int:pk>/edit/", entry.entry_edit, name="entry-edit"),
    path("entries/<int:pk>/move/", entry.entry_move, name="entry-move"),
    path("entries/<int:pk>/shift/", entry.entry_shift, name="entry-shift"),
    path("entries/<int:pk>/remove/", entry.entry_remove, name="entry-remove"),
]
