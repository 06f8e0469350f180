"""The address printed as a code: open to anybody."""

from __future__ import annotations

from django.urls import path

from bulletins.views import verify

urlpatterns = [path("<str:token>/", verify.verify, name="verify")]
