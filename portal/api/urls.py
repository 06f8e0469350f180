"""Addresses of version 1; every app names its own resources."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.http import conditional_page
from drf_spectacular.views import SpectacularAPIView

from portal.api import views
from portal.api.nouns import NOUNS
from portal.api.resource import addresses_of

urlpatterns = [
    path("", views.root, name="api-root"),
    path("schema/", conditional_page(SpectacularAPIView.as_view()), name="api-schema"),
    path("", include("bulletins.api.urls")),
    *(address for noun in NOUNS for address in addresses_of(noun)),
    path("<path:rest>", views.unknown, name="api-unknown"),
]
