"""Addresses of indicators, of the figures that units report, and of what is closed."""

from __future__ import annotations

from django.urls import path

from pilots.views import closing, indicator, indicator_figures, reported_value, reporting_matrix

urlpatterns = [
    path("", reported_value.values, name="values"),
    path("table/", reported_value.export, name="values-export"),
    path("reported/", reported_value.behind, name="reported-values"),
    path("reported/supply/", reported_value.supply, name="value-supply"),
    path("<int:pk>/", reported_value.value, name="value"),
    path("<int:pk>/comment/", reported_value.comment, name="value-comment"),
    path("matrix/", reporting_matrix.matrix, name="reporting-matrix"),
    path("matrix/table/", reporting_matrix.export, name="reporting-matrix-export"),
    path("matrix/remind/", reporting_matrix.remind, name="reporting-remind"),
    path("indicators/", indicator.indicators, name="indicators"),
    path("indicators/new/", indicator.new, name="indicator-new"),
    path("indicators/<int:pk>/", indicator.indicator, name="indicator"),
    path("indicators/<int:pk>/figures/", indicator_figures.indicator_figures, name="indicator-figures"),
    path("indicators/<int:pk>/edit/", indicator.edit, name="indicator-edit"),
    path("indicators/rules/<int:pk>/delete/", indicator.delete_rule, name="indicator-rule-delete"),
    path("indicators/sets/new/", indicator.new_set, name="indicator-set-new"),
    path("indicators/sets/<int:pk>/", indicator.edit_set, name="indicator-set-edit"),
    path("closings/", closing.closing_list, name="closings"),
    path("closings/<int:pk>/", closing.closing, name="closing"),
    path("closings/<int:pk>/table/", closing.export, name="closing-export"),
]
