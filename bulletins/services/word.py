"""Writes to the office's list of words."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from bulletins.models import HouseWord
from portal.accounts.models import User
from portal.audit.models import record

MOST_LINES = 500


@transaction.atomic
def save_word(
    word: HouseWord | None, *, by: User, kind: str, text: str, replacement: str, note: str, is_active: bool = True
) -> HouseWord:
    """Add a word, or change or 停用 one. Raises ValidationError with a sentence per field."""
    if not by.has_perm("bulletins.edit_words"):
        raise PermissionDenied
    is_new = word is None
    row = word or HouseWord()
    row.kind, row.word, row.replacement = kind, text.strip(), replacement.strip()
    row.note, row.is_active = note.strip(), is_active
    row.changed_by, row.changed_at = by, timezone.now()
    row.full_clean()
    row.save()
    action, label = ("create", "新增用词") if is_new else ("update", "修改用词")
    record(
        row,
        f"bulletins.houseword.{action}",
        label,
        by=by,
        kind=row.kind,
        word=row.word,
        replacement=row.replacement,
        is_active=row.is_active,
    )
    return row


@transaction.atomic
def add_words(lines: Iterable[str], *, kind: str, by: User) -> tuple[int, int]:
    """Add a word per line (``原词=改后的词=说明``); returns how many are new and how many were there already.

    All or nothing: raises ValidationError that names the first line that cannot be taken.
    """
    given = [line.strip() for line in lines if line.strip()]
    if len(given) > MOST_LINES:
        raise ValidationError(f"一次最多添加{MOST_LINES}个，请分几次。")
    present = set(HouseWord.objects.filter(kind=kind).values_list("word", flat=True))
    added = 0
    for number, line in enumerate(given, 1):
        text, replacement, note = ([part.strip() for part in line.replace("＝", "=").split("=", 2)] + ["", ""])[:3]
        if text in present:
            continue
        if len(text) < 2:
            raise ValidationError(f"第{number}行“{line[:20]}”：词语至少两个字。")
        try:
            save_word(None, by=by, kind=kind, text=text, replacement=replacement, note=note)
        except ValidationError as error:
            raise ValidationError(f"第{number}行“{line[:20]}”：{''.join(error.messages)}") from error
        present.add(text)
        added += 1
    return added, len(given) - added
