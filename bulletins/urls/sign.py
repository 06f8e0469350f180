"""The address behind a one-time link: open to whoever has it."""

from __future__ import annotations

from django.urls import path

from bulletins.views import signing

urlpatterns = [path("<str:token>/", signing.sign, name="sign")]
