"""Addresses of 统计台账."""

from __future__ import annotations

from django.urls import path

from bulletins.views import circular, ledger, ledger_reports, point_rules

urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("export/", ledger.ledger_export, name="ledger-export"),
    path("reports/", ledger_reports.ledger_reports, name="ledger-reports"),
    path("reports/export/", ledger_reports.ledger_reports_export, name="ledger-reports-export"),
    path("circular/", circular.circular, name="circular"),
    path("rules/", point_rules.point_rules, name="point-rules"),
    path("rules/<int:pk>/remove/", point_rules.point_rules_remove, name="point-rules-remove"),
    path("ranking/", point_rules.ranking, name="ledger-ranking"),
]
