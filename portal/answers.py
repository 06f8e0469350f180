"""What a page says when a service refuses: one way from exceptions to sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from portal.refusals import Refused


def sentences(error: Refused | ValidationError) -> list[str]:
    """The sentences of an error that a service raised, for people."""
    if isinstance(error, ValidationError):
        return list(error.messages)
    return [str(error)]


def tell(request: HttpRequest, error: Refused | ValidationError) -> None:
    """Say on the page why something was refused."""
    for sentence in sentences(error):
        messages.error(request, sentence)


def attempt(request: HttpRequest, service: Callable[..., Any], *args: Any, said: str = "", **kwargs: Any) -> bool:
    """Call a service for a page: ``said`` is told on success, the refusal otherwise. Says whether it was done.

    PermissionDenied passes through: it becomes the 403 page.
    """
    try:
        service(*args, **kwargs)
    except (Refused, ValidationError) as error:
        tell(request, error)
        return False
    if said:
        messages.success(request, said)
    return True
