"""Addresses of 城乡共同体."""

from __future__ import annotations

from django.urls import path

from pilots.views import community, community_activities, community_papers, community_record, coverage, membership

urlpatterns = [
    path("", community.communities, name="communities"),
    path("export/", community.export, name="communities-export"),
    path("new/", community.new, name="community-new"),
    path("coverage/", coverage.coverage, name="community-coverage"),
    path("coverage/export/", coverage.export, name="community-coverage-export"),
    path("policies/", community_papers.policies, name="community-policies"),
    path("policies/<int:area>/<int:kind>/", community_papers.policy, name="community-policy"),
    path("records/<int:pk>/", community_record.edit, name="community-record"),
    path("records/<int:pk>/delete/", community_record.delete, name="community-record-delete"),
    path("records/<int:pk>/certificate/", community_record.certificate, name="service-certificate"),
    path("records/<int:pk>/certificate/pdf/", community_record.certificate_pdf, name="service-certificate-pdf"),
    path("verify/<str:token>/", community_record.verify, name="service-verify"),
    path("<int:pk>/", community.community, name="community"),
    path("<int:pk>/activities/", community_activities.activities, name="community-activities"),
    path("<int:pk>/sent/", community_activities.sent, name="community-sent"),
    path("<int:pk>/members/", membership.members, name="community-members"),
    path("<int:pk>/members/<slug:name>/", membership.change, name="community-change"),
    path("<int:pk>/plan/", community_papers.plan, name="community-plan"),
    path("<int:pk>/group/", community_papers.group, name="community-group"),
    path("<int:pk>/words/<int:duty>/", community_papers.words, name="community-words"),
    path("<int:pk>/records/new/", community_record.new, name="community-record-new"),
]
