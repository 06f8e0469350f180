"""Who asks. Every page that is not public has a signed-in person: the middleware sees to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

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


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """What of the boxes that a page has posted as ticked can be read, each once, in their order."""
    return list(dict.fromkeys(number for text in texts if (number := whole_number(text)) is not None))


def posted_number(request: HttpRequest, name: str) -> int:
    """The key that a page must have posted as ``name``. Raises Http404 where it is none."""
    number = whole_number(request.POST.get(name, ""))
    if number is None:
        raise Http404
    return number


def demand(request: HttpRequest, *permissions: str, obj: object | None = None) -> User:
    """The signed-in person if he has one of ``permissions``. Raises PermissionDenied (403) otherwise."""
    user = person(request)
    if not any(user.has_perm(permission, obj) for permission in permissions):
        raise PermissionDenied
    return user
