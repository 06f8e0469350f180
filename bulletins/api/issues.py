"""Issues: the list, their content as plain data, and the final PDF. They are made on the pages only."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from bulletins.models import Issue
from bulletins.queries.archive import final_file, with_final_file
from bulletins.queries.issue import final_rendition, issues_for
from bulletins.services.content import content_of
from bulletins.states import IssueState
from portal.rest import asking
from portal.workflow import available

#: Under which the description of the interface keeps them.
TAGS = ["期刊"]


class IssueSerializer(serializers.ModelSerializer[Issue]):
    """An issue as a line of the list; ``pdf`` is None until the final file is there."""

    title = serializers.CharField(source="periodical.title")
    state_label = serializers.CharField(source="get_state_display")
    url = serializers.SerializerMethodField()
    pdf = serializers.SerializerMethodField()

    class Meta:
        model = Issue
        fields = [
            "id",
            "url",
            "title",
            "label",
            "number",
            "year",
            "state",
            "state_label",
            "issue_date",
            "printed_on",
            "published_at",
            "pdf",
        ]

    def get_url(self, issue: Issue) -> str:
        return reverse("api-issue", args=[issue.pk])

    def get_pdf(self, issue: Issue) -> dict[str, Any] | None:
        final = final_file(issue)
        if final is None:
            return None
        address = reverse("api-issue-pdf", args=[issue.pk])
        return {"url": address, "sha256": final.sha256, "size": final.size, "pages": final.pages}


class FilterSerializer(serializers.Serializer[Issue]):
    """The filters of the list; the year is that of the masthead's date."""

    state = serializers.ChoiceField(IssueState.choices, required=False)
    year = serializers.IntegerField(min_value=1900, max_value=9999, required=False)


class IssueDetailSerializer(IssueSerializer):
    """The description of an issue with its content."""

    content = serializers.JSONField(help_text="栏目、稿件和版记")
    actions = serializers.JSONField(help_text="在网页上可以办理的操作：name、label、needs_reason")

    class Meta(IssueSerializer.Meta):
        fields = [*IssueSerializer.Meta.fields, "content", "actions"]


class IssueViewSet(GenericViewSet[Issue]):
    """The issues that the pages show to the same person."""

    serializer_class = IssueSerializer

    queryset = Issue.objects.none()

    def get_queryset(self) -> QuerySet[Issue]:
        return with_final_file(issues_for(asking(self.request)))

    @extend_schema(summary="期刊：列表", tags=TAGS, parameters=[FilterSerializer])
    def list(self, request: Request) -> Response:
        form = FilterSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        rows = self.get_queryset()
        if "state" in form.validated_data:
            rows = rows.filter(state=form.validated_data["state"])
        if "year" in form.validated_data:
            rows = rows.filter(issue_date__year=form.validated_data["year"])
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(IssueSerializer(page or [], many=True).data)

    @extend_schema(summary="期刊：详情和内容", tags=TAGS, responses=IssueDetailSerializer)
    def retrieve(self, request: Request, pk: int) -> Response:
        issue = self.get_object()
        actions = [
            {"name": transition.name, "label": transition.label, "needs_reason": transition.reason}
            for transition in available(issue, asking(request))
        ]
        return Response({**IssueSerializer(issue).data, "content": content_of(issue).to_json(), "actions": actions})

    @extend_schema(summary="期刊：定稿 PDF", tags=TAGS, responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def pdf(self, request: Request, pk: int) -> FileResponse:
        issue = self.get_object()
        final = final_rendition(issue) if asking(request).has_perm("bulletins.download_issue", issue) else None
        if final is None:
            raise Http404
        return FileResponse(default_storage.open(final.file), content_type="application/pdf", filename=issue.file_name)
