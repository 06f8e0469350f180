"""What the attachments fragment needs: the files of an owner in one query, and whether some may be added."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.db import models
from django.template.context import Context

from portal.files.kinds import WELCOME
from portal.files.models import Attachment
from portal.files.queries import attachments_of_owner
from portal.files.registry import may_change
from portal.files.services import MOST_PER_OWNER

register = template.Library()


@register.simple_tag
def attachments_of(owner: models.Model) -> list[Attachment]:
    """The files of ``owner``: one query. ``{% attachments_of submission as files %}``"""
    return list(attachments_of_owner(owner))


@register.simple_tag(takes_context=True)
def may_attach(context: Context, owner: models.Model) -> bool:
    """Whether the person before the page may add files to ``owner`` now."""
    user: Any = context.get("user")
    return user is not None and user.is_authenticated and may_change(owner, user)


@register.simple_tag
def owner_label(owner: models.Model) -> str:
    """How addresses call the owner's model: ``bulletins.submission``."""
    return owner._meta.label_lower


@register.simple_tag
def attachment_rules() -> dict[str, Any]:
    """What the fragment tells about sizes, kinds and how many."""
    return {"megabytes": settings.UPLOAD_MAX_BYTES // 1_000_000, "most": MOST_PER_OWNER, "kinds": WELCOME}
