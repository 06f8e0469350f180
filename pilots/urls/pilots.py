"""Addresses of 试点管理: rounds of selection, pilots, schools, inspections."""

from __future__ import annotations

from django.urls import path

from pilots.views import candidate, checklist, correction, inspection, inspection_form, pilot, school_profile, selection

urlpatterns = [
    path("", pilot.pilots, name="pilots"),
    path("table.xlsx", pilot.export, name="pilots-export"),
    path("list.docx", pilot.word, name="pilots-word"),
    path("new/", pilot.new, name="pilot-new"),
    path("<slug:level>/<int:pk>/withdraw/", pilot.withdraw, name="pilot-withdraw"),
    path("rounds/", selection.rounds, name="rounds"),
    path("rounds/new/", selection.new, name="round-new"),
    path("rounds/<int:pk>/", selection.round, name="round"),
    path("rounds/<int:pk>/edit/", selection.edit, name="round-edit"),
    path("rounds/<int:pk>/delete/", selection.delete, name="round-delete"),
    path("rounds/<int:pk>/extend/", selection.extend, name="round-extend"),
    path("rounds/<int:pk>/act/<slug:name>/", selection.act, name="round-act"),
    path("rounds/<int:pk>/table.xlsx", selection.export, name="round-export"),
    path("rounds/<int:pk>/list.docx", selection.word, name="round-word"),
    path("rounds/<int:pk>/candidates/", candidate.put, name="candidate-new"),
    path("candidates/<int:pk>/", candidate.candidate, name="candidate"),
    path("candidates/<int:pk>/edit/", candidate.edit, name="candidate-edit"),
    path("candidates/<int:pk>/act/<slug:name>/", candidate.act, name="candidate-act"),
    path("candidates/<int:pk>/opinion/", candidate.opinion, name="candidate-opinion"),
    path("schools/", school_profile.schools, name="school-profiles"),
    path("schools/table.xlsx", school_profile.export, name="school-profiles-export"),
    path("schools/<int:pk>/", school_profile.profile, name="school-profile"),
    path("inspections/", inspection.inspections, name="inspections"),
    path("inspections/new/", inspection_form.new, name="inspection-new"),
    path("inspections/<int:pk>/", inspection.inspection, name="inspection"),
    path("inspections/<int:pk>/edit/", inspection_form.edit, name="inspection-edit"),
    path("inspections/<int:pk>/delete/", inspection_form.delete, name="inspection-delete"),
    path("inspections/<int:pk>/act/<slug:name>/", inspection.act, name="inspection-act"),
    path("inspections/<int:pk>/table.xlsx", inspection.export, name="inspection-export"),
    path("inspected/<int:pk>/", inspection.inspected, name="inspected"),
    path("inspected/<int:pk>/findings/", inspection.findings, name="inspected-findings"),
    path("inspected/<int:pk>/corrections/", correction.ask, name="correction-new"),
    path("corrections/", correction.corrections, name="corrections"),
    path("corrections/table.xlsx", correction.export, name="corrections-export"),
    path("corrections/<int:pk>/answer/", correction.answer, name="correction-answer"),
    path("corrections/<int:pk>/drop/", correction.drop, name="correction-drop"),
    path("corrections/<int:pk>/act/<slug:name>/", correction.act, name="correction-act"),
    path("checklists/", checklist.checklists, name="checklists"),
    path("checklists/new/", checklist.new, name="checklist-new"),
    path("checklists/<int:pk>/", checklist.edit, name="checklist"),
]
