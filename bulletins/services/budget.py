"""Keeping the usual number of pages of an issue, against which one in the making is held."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bulletins.models import Periodical
from portal.accounts.models import User
from portal.audit.models import record


@transaction.atomic
def set_usual_pages(periodical: Periodical, *, pages: int, by: User) -> None:
    """Set the budget of pages. The same number again writes nothing."""
    if not by.has_perm("bulletins.edit_issue"):
        raise PermissionDenied
    locked = Periodical.objects.select_for_update(of=("self",)).get(pk=periodical.pk)
    if locked.usual_pages == pages:
        return
    record(locked, "bulletins.periodical.usual_pages", "修改通常页数", by=by, old=locked.usual_pages, new=pages)
    locked.usual_pages = pages
    locked.full_clean()
    locked.save(update_fields=["usual_pages"])
