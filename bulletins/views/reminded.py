"""What a page says after a click on 温馨提示."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from portal.answers import attempt
from portal.notices.reminding import Reminded


def tell_reminded(request: HttpRequest, service: Callable[..., Reminded], *args: Any, **kwargs: Any) -> None:
    """Call ``service``; the page says who was reminded, and who was left out and why, or the refusal."""
    results: list[Reminded] = []
    if attempt(request, lambda: results.append(service(*args, **kwargs))):
        for sentence in results[0].sentences():
            messages.info(request, sentence)
