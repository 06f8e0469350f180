"""Who asks. The permission class has let nobody else through."""

from __future__ import annotations

from typing import cast

from rest_framework.request import Request

from portal.accounts.models import User


def asking(request: Request) -> User:
    """The signed-in person behind ``request``, by session or by token."""
    return cast(User, request.user)
