"""Addresses of 考核评价: rounds, sheets, scores, reviewing, schemes, surveys."""

from __future__ import annotations

from django.urls import path

from pilots.views import assessed, assessment, assessment_form, item_score, reviewing, scheme, survey

urlpatterns = [
    path("", assessment.assessments, name="assessments"),
    path("new/", assessment_form.new, name="assessment-new"),
    path("<int:pk>/", assessment.assessment, name="assessment"),
    path("<int:pk>/edit/", assessment_form.edit, name="assessment-edit"),
    path("<int:pk>/delete/", assessment_form.delete, name="assessment-delete"),
    path("<int:pk>/postpone/", assessment_form.postpone, name="assessment-postpone"),
    path("<int:pk>/act/<slug:name>/", assessment.act, name="assessment-act"),
    path("<int:pk>/figures/", assessment.figures, name="assessment-figures"),
    path("<int:pk>/table.xlsx", assessment.export, name="assessment-export"),
    path("<int:pk>/result.docx", assessment.word, name="assessment-word"),
    path("sheets/<int:pk>/", assessed.sheet, name="assessed"),
    path("sheets/<int:pk>/finish/", assessed.finish, name="assessed-finish"),
    path("sheets/<int:pk>/reviewers/", assessed.add_reviewer, name="reviewer-new"),
    path("sheets/<int:pk>/table.xlsx", assessed.export, name="assessed-export"),
    path("sheets/<int:pk>/sheet.docx", assessed.word, name="assessed-word"),
    path("reviewers/<int:pk>/drop/", assessed.drop_reviewer, name="reviewer-drop"),
    path("schools/<int:pk>/hand-in/", assessed.hand_in, name="self-assessment-hand-in"),
    path("schools/<int:pk>/take-back/", assessed.take_back, name="self-assessment-take-back"),
    path("scores/<int:pk>/", item_score.score, name="item-score"),
    path("scores/<int:pk>/write/", item_score.write, name="item-score-write"),
    path("scores/<int:pk>/settle/", item_score.settle, name="item-score-settle"),
    path("scores/<int:pk>/object/", item_score.object_to, name="item-score-object"),
    path("objections/<int:pk>/answer/", item_score.answer, name="objection-answer"),
    path("reviews/", reviewing.reviews, name="reviews"),
    path("reviews/<int:pk>/", reviewing.review, name="review"),
    path("reviews/<int:pk>/hand-in/", reviewing.hand_in, name="review-hand-in"),
    path("schemes/", scheme.schemes, name="schemes"),
    path("schemes/new/", scheme.new, name="scheme-new"),
    path("schemes/<int:pk>/", scheme.scheme, name="scheme"),
    path("schemes/<int:pk>/edit/", scheme.edit, name="scheme-edit"),
    path("schemes/<int:pk>/copy/", scheme.copy, name="scheme-copy"),
    path("schemes/<int:pk>/items/new/", scheme.new_item, name="scheme-item-new"),
    path("schemes/items/<int:pk>/", scheme.item, name="scheme-item"),
    path("schemes/items/<int:pk>/delete/", scheme.drop_item, name="scheme-item-delete"),
    path("surveys/", survey.surveys, name="surveys"),
    path("surveys/new/", survey.new, name="survey-new"),
    path("surveys/<int:pk>/", survey.survey, name="survey"),
    path("surveys/<int:pk>/edit/", survey.edit, name="survey-edit"),
    path("surveys/<int:pk>/delete/", survey.delete, name="survey-delete"),
    path("surveys/<int:pk>/sheet/", survey.sheet, name="survey-sheet"),
    path("surveys/<int:pk>/table.xlsx", survey.export, name="survey-export"),
    path("surveys/fill/<str:token>/", survey.answer, name="survey-answer"),
]
