"""Addresses of 结对合作."""

from __future__ import annotations

from django.urls import path

from alliances.views import agreement, alliance, keeping, need, partnership, plan, work_item

urlpatterns = [
    path("", partnership.index, name="partnerships"),
    path("table/", partnership.export, name="partnerships-export"),
    path("new/", keeping.partnership_new, name="partnership-new"),
    path("<int:pk>/", partnership.partnership, name="partnership"),
    path("<int:pk>/keep/", keeping.partnership_keep, name="partnership-keep"),
    path("<int:pk>/contacts/", keeping.contacts, name="contacts"),
    path("<int:pk>/contacts/<int:contact>/remove/", keeping.contact_remove, name="contact-remove"),
    path("<int:pk>/agreements/new/", agreement.agreement_new, name="agreement-new"),
    path("agreements/<int:pk>/", agreement.agreement, name="agreement"),
    path("agreements/<int:pk>/edit/", agreement.agreement_edit, name="agreement-edit"),
    path("agreements/<int:pk>/renew/", agreement.agreement_renew, name="agreement-renew"),
    path("agreements/<int:pk>/end/", agreement.agreement_end, name="agreement-end"),
    path("<int:pk>/work/new/", work_item.work_item_new, name="work-item-new"),
    path("work/", work_item.work_items, name="work-items"),
    path("work/table/", work_item.work_items_export, name="work-items-export"),
    path("work/<int:pk>/", work_item.work_item, name="work-item"),
    path("work/<int:pk>/edit/", work_item.work_item_edit, name="work-item-edit"),
    path("work/<int:pk>/finish/", work_item.work_item_finish, name="work-item-finish"),
    path("work/<int:pk>/act/<slug:name>/", work_item.work_item_act, name="work-item-act"),
    path("plans/", plan.plans, name="plans"),
    path("plans/new/", plan.plan_new, name="plan-new"),
    path("plans/<int:pk>/", plan.plan, name="plan"),
    path("plans/<int:pk>/edit/", plan.plan_edit, name="plan-edit"),
    path("plans/<int:pk>/act/<slug:name>/", plan.plan_act, name="plan-act"),
    path("alliance/", alliance.alliance, name="alliance"),
    path("alliance/table/", alliance.alliance_export, name="alliance-export"),
    path("alliance/edit/", alliance.alliance_edit, name="alliance-edit"),
    path("needs/", need.needs, name="needs"),
    path("needs/table/", need.export, name="needs-export"),
    path("needs/new/", need.new, name="need-new"),
    path("needs/<int:pk>/", need.need, name="need"),
    path("needs/<int:pk>/edit/", need.edit, name="need-edit"),
    path("needs/<int:pk>/act/<slug:name>/", need.act, name="need-act"),
]
