"""A table is uploaded, and after its dry run taken in: what a page asks for. Workers do both (``taking``)."""

from __future__ import annotations

import secrets

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from portal.accounts.models import User
from portal.accounts.services.user import first_password
from portal.exchange.models import UploadedTable
from portal.exchange.registry import NOUNS
from portal.exchange.workbook import check_container
from portal.jobs.services import enqueue, handles
from portal.refusals import Refused, WrongState

CHECK, TAKE_IN = "table-check", "table-import"
#: Seconds that a table of the most rows may take on a busy machine, where each row is written by itself.
LONGEST = 3_600

handles(CHECK, "portal.exchange.services.taking.run_check", seconds=LONGEST)
handles(TAKE_IN, "portal.exchange.services.taking.run_import", seconds=LONGEST)


def upload_table(data: bytes, *, noun: str, file_name: str, by: User) -> UploadedTable:
    """Keep the file and have a worker look at its rows. Raises Unreadable for what is no table at all."""
    if not by.has_perm(NOUNS[noun].take):
        raise PermissionDenied
    check_container(data)
    name = f"exchange/{noun}/{by.pk}/{secrets.token_urlsafe(12)}.xlsx"
    path = str(default_storage.save(name, ContentFile(data)))
    with transaction.atomic():
        table = UploadedTable.objects.create(noun=noun, by=by, file=path, file_name=file_name[-255:])
        table.check_job = enqueue(kind=CHECK, key=f"{CHECK}:{table.pk}", payload={"table": table.pk}, by=by)
        table.save(update_fields=["check_job"])
    return table


@transaction.atomic
def take_in_table(table: UploadedTable, *, digest: str, by: User) -> UploadedTable:
    """The second click: have a worker take in what the dry run named ``digest`` announced. Clicked twice it is one.

    Raises Refused where something is wrong with a row, and where another dry run has been made since.
    """
    if not by.has_perm(NOUNS[table.noun].take):
        raise PermissionDenied
    locked = UploadedTable.objects.select_for_update().get(pk=table.pk)
    if locked.imported_at is not None:
        return locked
    if not locked.can_be_taken_in:
        raise Refused("这份表格不能导入，请按核对结果改好后重新上传。")
    if digest != locked.digest:
        raise WrongState("核对结果已有变化，请看过新的结果，再点“确定导入”。")
    key = f"{TAKE_IN}:{locked.pk}:{locked.tries}"
    locked.import_job = enqueue(kind=TAKE_IN, key=key, payload={"table": locked.pk, "digest": digest}, by=by)
    locked.save(update_fields=["import_job"])
    return locked


@transaction.atomic
def tell_first_passwords(table: UploadedTable, *, by: User) -> list[tuple[str, str, str]]:
    """User name, name and first password of every account that the table opened. They are told once.

    Raises Refused where they were told already.
    """
    locked = UploadedTable.objects.select_for_update().get(pk=table.pk)
    if not by.has_perm(NOUNS[table.noun].take):
        raise PermissionDenied
    if not locked.seed:
        raise Refused("初始密码已经显示过。还没有转告的，请在人员页面重置密码。")
    told = [(username, name, first_password(locked.seed, username)) for username, name in locked.opened]
    locked.seed = ""
    locked.save(update_fields=["seed"])
    return told
