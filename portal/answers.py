"""What a page says when a service refuses: one way from exceptions to sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from portal.refusals import Refused
from portal.workflow import workflow_of


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


def take_step(
    request: HttpRequest, found: Any, name: str, services: Mapping[str, Callable[..., Any]], *, by: Any
) -> dict[str, str] | None:
    """One step of the table that a page asked for: the service of that name, with a reason where the table wants one.

    None when it is done. When it is refused, what was typed, for the page to show again: ``typed_for`` (the step) and
    ``typed_reason``; empty where nothing could be typed. Http404 for a step that no service stands for.
    """
    if name not in services:
        raise Http404
    step = workflow_of(found).find(name)
    given = {"reason": request.POST.get("reason", "")} if step.reason else {}
    if attempt(request, services[name], found, by=by, said=f"已{step.label}。", **given):
        return None
    return {"typed_for": name, "typed_reason": given["reason"]} if given else {}
