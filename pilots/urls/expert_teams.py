"""Addresses of 专家团队."""

from __future__ import annotations

from django.urls import path

from pilots.views import expert_team

urlpatterns = [
    path("", expert_team.teams, name="teams"),
    path("table/", expert_team.export, name="teams-export"),
    path("new/", expert_team.new, name="team-new"),
    path("<int:pk>/", expert_team.team, name="team"),
    path("<int:pk>/edit/", expert_team.edit, name="team-edit"),
    path("<int:pk>/visits/", expert_team.visit, name="team-visit"),
    path("<int:pk>/visits/<int:activity>/drop/", expert_team.visit_drop, name="team-visit-drop"),
]
