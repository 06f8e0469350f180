"""Addresses of 来稿处理: what units have sent in."""

from __future__ import annotations

from django.urls import path

from bulletins.views import desk, desk_bulk, desk_held, desk_talk, merging

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("bulk/", desk_bulk.desk_bulk, name="desk-bulk"),
    path("bulk/<int:pk>/", desk_bulk.desk_bulk_result, name="desk-bulk-result"),
    path("bulk/<int:pk>/undo/", desk_bulk.desk_bulk_undo, name="desk-bulk-undo"),
    path("merge/", merging.desk_merge, name="desk-merge"),
    path("held/", desk_held.desk_held, name="desk-held"),
    path("asked/<int:pk>/take-over/", desk_talk.confirmation_take_over, name="confirmation-take-over"),
    path("<int:pk>/", desk.desk_submission, name="desk-submission"),
    path("<int:pk>/hold/", desk_held.desk_hold, name="desk-hold"),
    path("<int:pk>/drop/", desk_held.desk_drop, name="desk-drop"),
    path("<int:pk>/discuss/", desk_talk.desk_discuss, name="desk-discuss"),
    path("<int:pk>/write/", desk_talk.desk_write, name="desk-write"),
    path("<int:pk>/ask/", desk_talk.desk_ask, name="desk-ask"),
    path("<int:pk>/assign/", desk_talk.desk_assign, name="desk-assign"),
    path("<int:pk>/<slug:name>/", desk.desk_act, name="desk-act"),
]
