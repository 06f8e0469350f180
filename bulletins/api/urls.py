"""Resources of the bulletin."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import conditional_page

from bulletins.api.issues import IssueViewSet
from bulletins.api.submissions import SubmissionViewSet

urlpatterns = [
    path(
        "submissions/",
        conditional_page(SubmissionViewSet.as_view({"get": "list", "post": "create"})),
        name="api-submissions",
    ),
    path(
        "submissions/<int:pk>/",
        conditional_page(SubmissionViewSet.as_view({"get": "retrieve", "patch": "partial_update"})),
        name="api-submission",
    ),
    path("submissions/<int:pk>/<slug:name>/", SubmissionViewSet.as_view({"post": "act"}), name="api-submission-act"),
    path("issues/", conditional_page(IssueViewSet.as_view({"get": "list"})), name="api-issues"),
    path("issues/<int:pk>/", conditional_page(IssueViewSet.as_view({"get": "retrieve"})), name="api-issue"),
    path("issues/<int:pk>/pdf/", IssueViewSet.as_view({"get": "pdf"}), name="api-issue-pdf"),
]
