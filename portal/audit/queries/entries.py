"""Where every list of audit rows starts."""

from __future__ import annotations

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from portal.accounts.models import User
from portal.audit.models import Entry


def entries_for(user: User) -> QuerySet[Entry]:
    """The rows that ``user`` may read: all for the auditor and the security officer, none for others."""
    return Entry.objects.all() if user.has_perm("audit.view") else Entry.objects.none()


def filter_entries(
    rows: QuerySet[Entry],
    *,
    person: str = "",
    kind: ContentType | None = None,
    thing: str = "",
    act: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:
    """Narrow a list by who, what kind of thing, its name, what was done, and days (both included)."""
    if person:
        rows = rows.filter(by_name__icontains=person)
    if kind:
        rows = rows.filter(content_type=kind)
    if thing:
        rows = rows.filter(object_name__icontains=thing)
    if act:
        rows = rows.filter(label__icontains=act)
    if since:
        rows = rows.filter(at__date__gte=since)
    if until:
        rows = rows.filter(at__date__lte=until)
    return rows.select_related("content_type")
