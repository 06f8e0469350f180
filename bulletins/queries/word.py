"""Look-ups of the office's list of words."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bulletins.models import HouseWord

Kind = HouseWord.Kind


def house_words(*, kind: str = "", text: str = "", every: bool = False) -> QuerySet[HouseWord]:
    """The list, narrowed by kind and by what the word, its replacement or its note contain; only words in use
    unless ``every``."""
    rows = HouseWord.objects.select_related("changed_by")
    if not every:
        rows = rows.filter(is_active=True)
    if kind:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(Q(word__icontains=text) | Q(replacement__icontains=text) | Q(note__icontains=text))
    return rows
