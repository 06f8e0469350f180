"""Tokens under which anybody verifies a printed copy, and the address that is printed as a code."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.urls import reverse


def new_token() -> str:
    """96 random bits: sixteen characters that nobody can guess and that fit a small code."""
    return secrets.token_urlsafe(12)


def verify_address(token: str) -> str:
    """The public address of a token; empty for none."""
    return f"{settings.SITE_URL}{reverse('verify', args=[token])}" if token else ""
