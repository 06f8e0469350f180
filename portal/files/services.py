"""Every write to attachments: adding one to its owner, taking one away."""

from __future__ import annotations

import hashlib
import uuid
from typing import IO, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from portal.files.kinds import Kind, recognise
from portal.files.models import Attachment
from portal.files.names import clean_name
from portal.files.queries import attachments_of_owner
from portal.files.registry import owners_of
from portal.refusals import Refused

MOST_PER_OWNER = 20
LONGEST_CAPTION = 200


def attach_file(*, owner: models.Model, upload: File[bytes], by: User, caption: str = "") -> Attachment:
    """Keep ``upload`` with ``owner``; the same content twice is one attachment. ``caption`` says what it shows.

    Raises PermissionDenied for who may not write the owner, and Refused with a sentence for a file
    that is empty, too large, of no accepted kind or dangerous, or where the owner has enough files.
    """
    _check_size(upload)
    kind = recognise(_stream(upload))
    sha256 = _hash(upload)
    with transaction.atomic():
        locked = _locked(owner, by=by)
        own = attachments_of_owner(locked)
        present = own.filter(sha256=sha256).first()
        if present is not None:
            return _captioned(present, caption)
        if own.count() >= MOST_PER_OWNER:
            raise Refused(f"每篇最多添加{MOST_PER_OWNER}个附件，请先删去不需要的。")
        return _captioned(_store(locked, upload, kind, sha256, by=by), caption)


@transaction.atomic
def detach_file(attachment: Attachment, *, by: User) -> None:
    """Take a file away for good. Raises PermissionDenied, or Refused once the owner is closed."""
    owner = _locked(attachment.owner, by=by)
    record(owner, "files.attachment.remove", "删除附件", by=by, name=attachment.name, sha256=attachment.sha256)
    _delete(attachment)


@transaction.atomic
def forget_owner(owner: models.Model) -> None:
    """The owner is gone, so its files go as well."""
    for attachment in attachments_of_owner(owner):
        _delete(attachment)


def _check_size(upload: File[bytes]) -> None:
    if not upload.size:
        raise Refused("这个文件是空的，请检查后重新选择。")
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise Refused(f"文件超过{settings.UPLOAD_MAX_BYTES // 1_000_000} MB，请压缩或分开后再添加。")


def _stream(upload: File[bytes]) -> IO[bytes]:
    """The open file behind an upload: readers of archives ask more of it than the wrapper offers."""
    upload.open()
    stream: IO[bytes] = upload.file if upload.file is not None else upload
    return stream


def _captioned(attachment: Attachment, caption: str) -> Attachment:
    if caption and not attachment.caption:
        attachment.caption = caption[:LONGEST_CAPTION]
        attachment.save(update_fields=["caption"])
    return attachment


def _hash(upload: File[bytes]) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _locked(owner: Any, *, by: User) -> Any:
    """The owner's row, locked so that two uploads at once cannot pass the limit together."""
    guard = owners_of(type(owner))
    locked = type(owner)._default_manager.select_for_update(of=("self",)).get(pk=owner.pk)
    if not by.has_perm(guard.writable, locked):
        raise PermissionDenied
    if sentence := guard.closed(locked):
        raise Refused(sentence)
    return locked


def _store(owner: models.Model, upload: File[bytes], kind: Kind, sha256: str, *, by: User) -> Attachment:
    name = clean_name(upload.name or "", kind.endings)
    upload.seek(0)
    path = default_storage.save(f"attachments/{timezone.now():%Y/%m}/{uuid.uuid4().hex}{kind.endings[0]}", upload)
    try:
        attachment = Attachment.objects.create(
            content_type=ContentType.objects.get_for_model(owner),
            object_id=owner.pk,
            name=name,
            path=path,
            media_type=kind.media_type,
            size=upload.size,
            sha256=sha256,
            uploaded_by=by,
        )
        record(owner, "files.attachment.add", "添加附件", by=by, name=name, sha256=sha256)
    except BaseException:
        default_storage.delete(path)
        raise
    return attachment


def _delete(attachment: Attachment) -> None:
    path = attachment.path
    attachment.delete()
    transaction.on_commit(lambda: default_storage.delete(path))
