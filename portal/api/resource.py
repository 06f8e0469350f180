"""The one view behind every noun of the register: list, one thing, and one act of its transition table."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from portal.accounts.models import User
from portal.api.filters import filters_of, narrowed
from portal.api.noun import Computed, Noun
from portal.rest import ReasonSerializer, actions_of, asking
from portal.workflow import workflow_of


class NounViewSet(GenericViewSet[Any]):
    """What the pages show to the same person, and the acts that they offer."""

    noun: Noun
    line: type[serializers.ModelSerializer[Any]]
    page: type[serializers.ModelSerializer[Any]]
    filters: type[serializers.Serializer[Any]]

    def get_queryset(self) -> QuerySet[Any]:
        user = asking(self.request)
        return self.noun.list_rows(user) if self.action == "list" else self.noun.detail_rows(user)

    def list(self, request: Request) -> Response:
        form = self.filters(data=request.query_params.dict())
        form.is_valid(raise_exception=True)
        rows = self.paginate_queryset(narrowed(self.get_queryset(), self.noun, form.validated_data)) or []
        _work_out(self.noun, list(rows), asking(request), self.noun.computed)
        return self.get_paginated_response(self.line(rows, many=True).data)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(self._shown(self.get_object(), asking(request)))

    @action(detail=True, methods=["post"])  # so that the description of the interface knows it for an act
    def act(self, request: Request, pk: int, name: str) -> Response:
        """One row of the transition table; the answer is the thing as it is then (204: it is not yours any more)."""
        found, user = self.get_object(), asking(request)
        if name not in self.noun.acts:
            raise Http404
        if not user.has_perm(workflow_of(found).find(name).permission, found):
            raise PermissionDenied  # before anything is asked for
        self.noun.acts[name].service(found, by=user, **self._given(found, name))
        after = self.get_queryset().filter(pk=found.pk).first()
        if after is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(self._shown(after, user))

    def _given(self, found: Any, name: str) -> dict[str, Any]:
        """What goes along with an act. A reason that is missing the table itself asks for."""
        given: dict[str, Any] = {}
        if form_class := self.noun.acts[name].form:
            form = form_class(data=self.request.data)
            form.is_valid(raise_exception=True)
            given = dict(form.validated_data)
        if workflow_of(found).find(name).reason:
            reason = ReasonSerializer(data=self.request.data)
            reason.is_valid(raise_exception=True)
            given |= reason.validated_data
        return given

    def _shown(self, found: Any, user: User) -> dict[str, Any]:
        _work_out(self.noun, [found], user, self.noun.computed, self.noun.computed_detail)
        if self.noun.acts:
            found.actions = actions_of(
                found, user, self.noun.acts, lambda name: reverse(f"api-{self.noun.path}-act", args=[found.pk, name])
            )
        return cast(dict[str, Any], self.page(found).data)


def _work_out(noun: Noun, rows: list[Any], user: User, *computed: Computed | None) -> None:
    """Put what is computed on the rows, where the serializer finds it."""
    for row in rows:
        row.computed = {"url": reverse(f"api-{noun.path}-one", args=[row.pk])}
    for one in computed:
        found = one.of(rows, user) if one and one.of else {}
        for row in rows:
            row.computed |= found.get(row.pk, {})


def view_of(noun: Noun) -> type[NounViewSet]:
    """The view of one noun with its description for programs."""
    line, page, filters = noun.line(), noun.page(), filters_of(noun)
    made = type(
        f"{noun.model.__name__}ViewSet",
        (NounViewSet,),
        {
            "noun": noun,
            "line": line,
            "page": page,
            "filters": filters,
            "queryset": noun.model._default_manager.none(),
            "serializer_class": line,
        },
    )
    tags = [noun.label]
    described = extend_schema_view(
        list=extend_schema(
            summary=f"{noun.label}：列表", tags=tags, parameters=[filters], operation_id=f"{noun.word}_list"
        ),
        retrieve=extend_schema(
            summary=f"{noun.label}：详情", tags=tags, responses=page, operation_id=f"{noun.word}_retrieve"
        ),
        act=extend_schema(
            summary=f"{noun.label}：办理",
            description=_acts_in_words(noun),
            tags=tags,
            request=ReasonSerializer,
            responses=page,
            operation_id=f"{noun.word}_act",
        ),
    )
    return cast(type[NounViewSet], described(made))


def addresses_of(noun: Noun) -> list[URLPattern]:
    """Its list, one of it and, where it has acts, one act; reading is answered by ETag."""
    view = view_of(noun)
    found = [
        path(f"{noun.path}/", conditional_page(view.as_view({"get": "list"})), name=f"api-{noun.path}"),
        path(
            f"{noun.path}/<int:pk>/", conditional_page(view.as_view({"get": "retrieve"})), name=f"api-{noun.path}-one"
        ),
    ]
    if noun.acts:
        found.append(
            path(f"{noun.path}/<int:pk>/<slug:name>/", view.as_view({"post": "act"}), name=f"api-{noun.path}-act")
        )
    return found


def _acts_in_words(noun: Noun) -> str:
    """The acts with what each asks for, for the description."""
    said = []
    for name, act in noun.acts.items():
        asks = [f"{one}（{field.help_text}）" for one, field in act.form().fields.items()] if act.form else []
        said.append(f"- `{name}`{'：' if asks else ''}{'、'.join(asks)}")
    return "操作代号 name 取下列之一；须写理由的见详情中 actions 的 needs_reason。\n\n" + "\n".join(said)
