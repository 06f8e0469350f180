"""Addresses of 学期确认单."""

from __future__ import annotations

from django.urls import path

from pilots.views import progress_doubt, progress_list, progress_report, progress_review, reporting

urlpatterns = [
    path("", progress_list.reports, name="progress-reports"),
    path("table/", progress_list.export, name="progress-export"),
    path("approve/", progress_list.approve, name="progress-approve-many"),
    path("<int:pk>/", progress_report.report, name="progress-report"),
    path("<int:pk>/print/", progress_report.printed, name="progress-print"),
    path("<int:pk>/save/", progress_report.save, name="progress-save"),
    path("<int:pk>/doubt/", progress_doubt.mark, name="progress-doubt-line"),
    path("<int:pk>/comment/", progress_review.comment, name="progress-comment"),
    path("<int:pk>/exception/", progress_review.grant, name="progress-exception"),
    path("<int:pk>/act/<slug:name>/", progress_review.act, name="progress-act"),
    path("doubts/<int:pk>/", progress_doubt.doubt, name="progress-doubt"),
    path("periods/", reporting.periods, name="reporting-periods"),
    path("periods/rules/", reporting.rules, name="reporting-rules"),
    path("periods/<int:pk>/", reporting.period, name="reporting-period"),
    path("periods/<int:pk>/table/", reporting.export, name="reporting-period-export"),
]
