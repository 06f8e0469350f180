"""Addresses of the whole portal."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("portal.home.urls")),
    path("", include("portal.accounts.urls")),
    path("levels/", include("portal.reviews.urls")),
    path("notices/", include("portal.notices.urls")),
    path("presence/", include("portal.presence.urls")),
    path("guide/", include("portal.guide.urls")),
    path("files/", include("portal.files.urls")),
    path("search/", include("portal.search.urls")),
    path("partnerships/", include("alliances.urls")),
    path("partnerships/needs/", include("pilots.urls.orders")),
    path("partnerships/experts/", include("pilots.urls.expert_teams")),
    path("reports/calls/", include("bulletins.urls.own_calls")),
    path("reports/", include("bulletins.urls.collecting")),
    path("reports/", include("bulletins.urls.submissions")),
    path("", include("bulletins.urls.checking")),
    path("desk/calls/", include("bulletins.urls.calls")),
    path("confirmations/", include("bulletins.urls.confirmations")),
    path("desk/", include("bulletins.urls.desk")),
    path("", include("bulletins.urls.readership")),
    path("issues/", include("bulletins.urls.issues")),
    path("", include("pilots.urls.batches")),
    path("communities/", include("pilots.urls.communities")),
    path("", include("pilots.urls.activities")),
    path("figures/", include("pilots.urls.figures")),
    path("assessments/", include("pilots.urls.assessments")),
    path("pilots/", include("pilots.urls.pilots")),
    path("pilots/progress/", include("pilots.urls.progress")),
    path("archive/", include("bulletins.urls.archive")),
    path("cases/", include("bulletins.urls.cases")),
    path("library/", include("bulletins.urls.library")),
    path("ledger/", include("bulletins.urls.ledger")),
    path("packs/", include("portal.packs.urls")),
    path("sign/", include("bulletins.urls.sign")),
    path("verify/", include("bulletins.urls.verify")),
    path("api/v1/", include("portal.api.urls")),
]

handler403 = "portal.home.views.errors.forbidden"
handler404 = "portal.home.views.errors.not_found"
handler500 = "portal.home.views.errors.broken"
