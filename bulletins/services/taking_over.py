"""Taking a unit's corrections over into the office's text: one click, and never over newer words."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from bulletins.models import Confirmation
from bulletins.services.asking_units import entry_now, is_outdated, locked_question
from bulletins.services.desk import edit_for_print
from bulletins.services.entry import edit_entry
from portal.accounts.models import User
from portal.refusals import Refused


@transaction.atomic
def take_over(confirmation: Confirmation, *, by: User) -> Confirmation:
    """Make the unit's corrected words the office's. Refused where the office has edited since it asked, or where
    there is nothing to take over; raises what editing raises."""
    locked = locked_question(confirmation)
    if locked.answer != Confirmation.Answer.CORRECTED or not (locked.answer_lead or locked.answer_text):
        raise Refused("单位没有提出文字修改，没有可以采纳的内容。")
    if is_outdated(locked):
        raise Refused("请单位核稿之后，编发文字又改过。请对照单位的意见自行修改，以免覆盖新的文字。")
    words = {"lead": locked.answer_lead, "text": locked.answer_text}
    entry = entry_now(locked)
    if entry is not None:
        edit_entry(entry, by=by, version=entry.version, **words)
    else:
        edit_for_print(locked.submission, by=by, version=locked.submission.version, **words)
    locked.taken_over_by, locked.taken_over_at = by, timezone.now()
    locked.save(update_fields=["taken_over_by", "taken_over_at"])
    return locked
