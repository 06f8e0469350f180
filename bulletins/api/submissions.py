"""Reports: what a program may see, hand in and decide on."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from bulletins.api.facts import FactsSerializer, facts_of
from bulletins.models import Submission
from bulletins.queries.submission import filter_submissions, submissions_for
from bulletins.rules import UNIT_ROLES
from bulletins.services import submission as services
from bulletins.services.acts import ACTS, act_on_submission
from bulletins.services.saving import StaleSave
from bulletins.services.submission_facts import create_with_facts
from bulletins.states import SubmissionState
from bulletins.validators import MOST_ACTIVITIES
from pilots.queries.activity import with_facts
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.files.queries import attachments_of_owner
from portal.rest import ActionSerializer, ReasonSerializer, UnitField, actions_of, asking

#: Under which the description of the interface keeps them.
TAGS = ["来稿"]


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    """A report as a line of the list."""

    unit = UnitField()
    state_label = serializers.CharField(source="get_state_display")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = ["id", "url", "unit", "title", "state", "state_label", "version", "submitted_at", "updated_at"]

    def get_url(self, submission: Submission) -> str:
        return reverse("api-submission", args=[submission.pk])


class NewSubmissionSerializer(serializers.Serializer[Submission]):
    """What is needed for a new report. Whoever reports for one unit only need not name it."""

    unit = UnitField(required=False)
    title = serializers.CharField(allow_blank=True, default="")
    text = serializers.CharField(allow_blank=True, default="", trim_whitespace=False)
    activities = serializers.ListField(child=FactsSerializer(), max_length=MOST_ACTIVITIES, default=list)


class DraftSerializer(serializers.Serializer[Submission]):
    """Changed words of a draft, and the version they were made from."""

    title = serializers.CharField(allow_blank=True, required=False)
    text = serializers.CharField(allow_blank=True, required=False, trim_whitespace=False)
    version = serializers.IntegerField(min_value=1)


class FilterSerializer(serializers.Serializer[Submission]):
    """The filters of the list, named as the service names them."""

    state = serializers.ChoiceField(SubmissionState.choices, required=False)
    unit_kind = serializers.ChoiceField(UnitKind.choices, required=False)
    unit = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)
    text = serializers.CharField(max_length=100, required=False)


class AttachmentSerializer(serializers.Serializer[Any]):
    """A file that belongs to a report."""

    name = serializers.CharField(help_text="文件名")
    media_type = serializers.CharField(help_text="类型")
    size = serializers.IntegerField(help_text="字节数")
    sha256 = serializers.CharField(help_text="文件的哈希值")
    url = serializers.CharField(help_text="下载地址")


class SubmissionDetailSerializer(SubmissionSerializer):
    """The description of what :func:`details` answers."""

    activities = FactsSerializer(many=True, help_text="活动")
    attachments = AttachmentSerializer(many=True, help_text="附件")
    actions = ActionSerializer(many=True, help_text="现在可以办理的操作")

    class Meta(SubmissionSerializer.Meta):
        fields = [
            *SubmissionSerializer.Meta.fields,
            *("text", "author", "reason", "decided_at", "activities", "attachments", "actions"),
            *("print_lead", "print_text"),
        ]


class SubmissionViewSet(GenericViewSet[Submission]):
    """The reports that the pages show to the same person, and the acts that the pages offer."""

    serializer_class = SubmissionSerializer

    queryset = Submission.objects.none()

    def get_queryset(self) -> QuerySet[Submission]:
        return submissions_for(asking(self.request))

    @extend_schema(summary="来稿：列表", tags=TAGS, parameters=[FilterSerializer])
    def list(self, request: Request) -> Response:
        filters = FilterSerializer(data=request.query_params)
        filters.is_valid(raise_exception=True)
        rows = filter_submissions(self.get_queryset(), **filters.validated_data)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(SubmissionSerializer(page or [], many=True).data)

    @extend_schema(summary="来稿：详情", tags=TAGS, responses=SubmissionDetailSerializer)
    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(details(self.get_object(), asking(request)))

    @extend_schema(
        summary="来稿：新建草稿",
        tags=TAGS,
        request=NewSubmissionSerializer,
        responses={201: SubmissionDetailSerializer},
    )
    def create(self, request: Request) -> Response:
        form = NewSubmissionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        user = asking(request)
        submission = create_with_facts(
            unit=data.get("unit") or _only_unit(user),
            by=user,
            title=data["title"],
            text=data["text"],
            activities=[facts_of(row) for row in data["activities"]],
        )
        place = reverse("api-submission", args=[submission.pk])
        return Response(details(submission, user), status=status.HTTP_201_CREATED, headers={"Location": place})

    @extend_schema(
        summary="来稿：修改草稿的文字", tags=TAGS, request=DraftSerializer, responses=SubmissionDetailSerializer
    )
    def partial_update(self, request: Request, pk: int) -> Response:
        submission, user = self.get_object(), asking(request)
        form = DraftSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        words = {"title": submission.title, "text": submission.text} | form.validated_data
        try:
            saved = services.save_draft(submission, by=user, **words)
        except StaleSave as stale:
            body = {"detail": "稿件在这期间已被改过，没有覆盖。请与现在的内容核对后再保存。"}
            return Response(body | {"current": details(stale.current, user)}, status=status.HTTP_409_CONFLICT)
        return Response(details(saved, user))

    @extend_schema(
        summary="来稿：办理",
        tags=TAGS,
        request=ReasonSerializer,
        responses=SubmissionDetailSerializer,
        operation_id="submissions_act",
    )
    def act(self, request: Request, pk: int, name: str) -> Response:
        submission, user = self.get_object(), asking(request)
        if name not in ACTS:
            raise Http404
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = act_on_submission(submission, name, by=user, **form.validated_data)
        return Response(details(done, user))


def details(submission: Submission, user: User) -> dict[str, Any]:
    """A report with everything ``user`` may see of it, and what he may do with it now."""
    data: dict[str, Any] = dict(SubmissionSerializer(submission).data)
    data |= {
        "text": submission.text,
        "author": str(submission.author),
        "reason": submission.reason,
        "decided_at": submission.decided_at,
        "activities": FactsSerializer(with_facts(submission.activities.all()), many=True).data,
        "attachments": [
            {
                "name": file.name,
                "media_type": file.media_type,
                "size": file.size,
                "sha256": file.sha256,
                "url": reverse("attachment", args=[file.pk]),
            }
            for file in attachments_of_owner(submission)
        ],
        "actions": actions_of(
            submission, user, ACTS, lambda name: reverse("api-submission-act", args=[submission.pk, name])
        ),
    }
    if user.has_perm("bulletins.view_desk"):
        data |= {"print_lead": submission.print_lead, "print_text": submission.print_text}
    return data


def _only_unit(user: User) -> Unit:
    units = user.units_as(*UNIT_ROLES)
    if len(units) != 1:
        raise serializers.ValidationError({"unit": ["请写明为哪个单位报送。"]})
    return units[0]
