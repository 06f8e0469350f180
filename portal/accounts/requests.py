"""Who asks. Every page that is not public has a signed-in person: the middleware sees to it."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portal.accounts.models import User

#: Rows on one page of a list.
PAGE_SIZE = 50


def person(request: HttpRequest) -> User:
    """The signed-in person behind ``request``."""
    return cast(User, request.user)


def demand(request: HttpRequest, *permissions: str, obj: object | None = None) -> User:
    """The signed-in person if he has one of ``permissions``. Raises PermissionDenied (403) otherwise."""
    user = person(request)
    if not any(user.has_perm(permission, obj) for permission in permissions):
        raise PermissionDenied
    return user
