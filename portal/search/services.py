"""Keeping a search under a name, and giving it up."""

from __future__ import annotations

from django.db import transaction

from portal.accounts.models import User
from portal.refusals import Refused
from portal.search.models import SavedSearch

#: More than anybody finds his way through.
MOST_SAVED = 30


@transaction.atomic
def save_search(*, user: User, name: str, query: str) -> SavedSearch:
    """Keep ``query`` (the part of the address after the question mark); the same name again replaces it.

    Raises Refused where the person keeps enough of them.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    own = SavedSearch.objects.filter(user=user)
    if own.count() >= MOST_SAVED and not own.filter(name=name).exists():
        raise Refused(f"常用查找最多保存{MOST_SAVED}个，请先删去不用的。")
    saved, _ = SavedSearch.objects.update_or_create(user=user, name=name, defaults={"query": query})
    return saved


def forget_search(saved: SavedSearch) -> None:
    """Give up a kept search; what it found stays where it is."""
    saved.delete()
