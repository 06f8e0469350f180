"""The place on a page where colleagues' names appear: ``{% presence submission "office" %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.db import models

from portal.accounts.models import User
from portal.presence.services import ticket

register = template.Library()


@register.inclusion_tag("presence/box.html", takes_context=True)
def presence(context: template.Context, obj: models.Model, part: str) -> dict[str, Any]:
    """Says that the reader has this text open, and shows who else has; for pages on which it can be changed."""
    user: User = context["user"]
    return {"ticket": ticket(obj, part, user), "every": settings.PRESENCE_EVERY_SECONDS}
