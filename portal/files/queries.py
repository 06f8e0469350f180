"""Where every look-up of attachments starts: who may see the owner may see the file."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import Http404

from portal.accounts.models import User
from portal.files.models import Attachment
from portal.files.registry import is_registered, model_called, owners_of


def owner_for(user: User, label: str, pk: int) -> Any:
    """The object ``pk`` of the model called ``label`` if ``user`` may see it. Raises Http404."""
    model = model_called(label)
    owner = owners_of(model).visible(user).filter(pk=pk).first() if model else None
    if owner is None:
        raise Http404
    return owner


def attachment_for(user: User, pk: int) -> Attachment:
    """An attachment whose owner ``user`` may see. Raises Http404."""
    attachment = Attachment.objects.filter(pk=pk).select_related("content_type").first()
    model: type[models.Model] | None = attachment.content_type.model_class() if attachment else None
    if attachment is None or model is None or not is_registered(model):
        raise Http404
    attachment.owner = owner_for(user, model._meta.label_lower, attachment.object_id)
    return attachment


def attachments_of_owner(owner: models.Model) -> models.QuerySet[Attachment]:
    """The files of one owner, in the order in which they came."""
    return Attachment.objects.filter(content_type=ContentType.objects.get_for_model(owner), object_id=owner.pk)


def attachments_of_owners(owners: models.QuerySet[Any]) -> models.QuerySet[Attachment]:
    """The files of all ``owners``, owner by owner, in the order in which they came. One query."""
    kind = ContentType.objects.get_for_model(owners.model)
    return Attachment.objects.filter(content_type=kind, object_id__in=owners.order_by().values("pk")).order_by(
        "object_id", "pk"
    )
