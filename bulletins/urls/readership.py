"""Addresses of sending out, receiving, and leaders' remarks."""

from __future__ import annotations

from django.urls import path

from bulletins.views import follow_up, readership, received, remark

urlpatterns = [
    path("issues/readership/", readership.default, name="readership"),
    path("issues/readership/<int:pk>/remove/", readership.default_remove, name="readership-remove"),
    path("issues/<int:pk>/readership/", readership.readership, name="issue-readership"),
    path("issues/<int:pk>/readership/table/", readership.export, name="issue-readership-table"),
    path("issues/<int:pk>/readership/fill/", readership.fill, name="issue-readership-fill"),
    path("issues/<int:pk>/readership/send/", readership.send, name="issue-send"),
    path("issues/<int:pk>/readership/remind/", readership.remind, name="issue-remind"),
    path("issues/<int:pk>/readership/<int:delivery>/remove/", readership.remove, name="issue-readership-remove"),
    path("received/", received.received, name="received"),
    path("received/<int:pk>/", received.issue, name="received-issue"),
    path("received/confirm/<int:pk>/", received.confirm, name="received-confirm"),
    path("remarks/", remark.remarks, name="remarks"),
    path("remarks/table/", remark.export, name="remarks-table"),
    path("remarks/on/<int:issue>/", remark.remark_new, name="remark-new"),
    path("remarks/<int:pk>/", remark.remark, name="remark"),
    path("remarks/<int:pk>/pass/", remark.remark_pass, name="remark-pass"),
    path("remarks/<int:pk>/close/", remark.remark_close, name="remark-close"),
    path("remarks/answers/", follow_up.follow_ups, name="follow-ups"),
    path("remarks/answers/<int:pk>/", follow_up.follow_up, name="follow-up"),
    path("remarks/answers/<int:pk>/again/", follow_up.follow_up_again, name="follow-up-again"),
]
