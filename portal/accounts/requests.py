"""Who asks. Every page that is not public has a signed-in person: the middleware sees to it."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portal.accounts.models import User

#: Rows on one page of a list.
PAGE_SIZE = 50


def person(request: HttpRequest) -> User:
    """The signed-in person behind ``request``."""
    return cast(User, request.user)


def client_address(request: HttpRequest) -> str:
    """The address a request came from; for the lock after wrong passwords, which counts by name and address.

    ``PROXY_COUNT`` proxies of ours each add to ``X-Forwarded-For`` whom they heard. What stands left of their
    entries a visitor may have made up himself, so it does not count.
    """
    heard = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if 0 < settings.PROXY_COUNT <= len(heard):
        return heard[-settings.PROXY_COUNT]
    return str(request.META.get("REMOTE_ADDR", ""))


def whole_number(text: str) -> int | None:
    """A key, place or version that a page has posted; None for what is none, or more than the database counts."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def demand(request: HttpRequest, *permissions: str, obj: object | None = None) -> User:
    """The signed-in person if he has one of ``permissions``. Raises PermissionDenied (403) otherwise."""
    user = person(request)
    if not any(user.has_perm(permission, obj) for permission in permissions):
        raise PermissionDenied
    return user
