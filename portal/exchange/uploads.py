"""An uploaded table between dry run and import: kept on the server, so that nothing is chosen twice."""

from __future__ import annotations

import secrets

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from portal.accounts.models import User
from portal.exchange.workbook import Unreadable

SALT = "portal.exchange"
#: Seconds for which a dry run may be turned into an import.
KEPT_FOR = 24 * 3600


def keep(data: bytes, *, noun: str, by: User) -> str:
    """Store ``data`` in place of this person's earlier upload of the noun; returns its name."""
    discard(noun=noun, by=by)
    return str(default_storage.save(f"{_folder(noun, by)}/{secrets.token_urlsafe(12)}.xlsx", ContentFile(data)))


def sign(name: str, digest: str, *, noun: str, by: User) -> str:
    """What the page carries from dry run to import: which file, whose, and what was announced."""
    return signing.dumps({"name": name, "digest": digest, "noun": noun, "by": by.pk}, salt=SALT)


def fetch(token: str, *, noun: str, by: User) -> tuple[bytes, str, str]:
    """The bytes, the name and the announced digest. Raises Unreadable where the upload is no longer there."""
    try:
        said = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature as error:
        raise Unreadable("这次核对已过期，请重新上传文件。") from error
    if (said["noun"], said["by"]) != (noun, by.pk) or not default_storage.exists(said["name"]):
        raise Unreadable("这份文件已经导入，或已被后来上传的文件代替。如需再次导入，请重新上传。")
    with default_storage.open(said["name"]) as file:
        return file.read(), said["name"], said["digest"]


def discard(*, noun: str, by: User) -> None:
    """Remove this person's uploads of the noun: the table has been taken in, or another has come."""
    folder = _folder(noun, by)
    if default_storage.exists(folder):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")


def _folder(noun: str, by: User) -> str:
    return f"exchange/{noun}/{by.pk}"
