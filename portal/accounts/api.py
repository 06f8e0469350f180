"""Who may use the programming interface at all."""

from __future__ import annotations

from typing import Any, cast

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from portal.accounts.models import User


class SignedInForGood(IsAuthenticated):
    """Signed in by session or token, and not with a first password that is still to be changed.

    The framework's views pass the sign-in middleware by, so its rule about first passwords is asked here.
    """

    message = "请先在网页上修改初始密码。"

    def has_permission(self, request: Request, view: Any) -> bool:
        user = cast(User, request.user)
        return super().has_permission(request, view) and not user.must_change_password
