"""A case in the bulletin: the editor writes a short version as an entry of an issue; entry and case know each other."""

from __future__ import annotations

from django.db import transaction

from bulletins.casebook import whole_text
from bulletins.models import Case, Entry, EntryCase, Issue, Section
from bulletins.services.entry import add_entry
from bulletins.states.case import IN_LIBRARY
from portal.accounts.models import User
from portal.audit.models import record
from portal.refusals import Refused
from portal.text.structure import blocks


@transaction.atomic
def offer_case(case: Case, *, issue: Issue, section: Section, lead: str, text: str, by: User) -> Entry:
    """An entry at the end of ``section`` with the words the editor wrote of the case.

    Raises Refused for a case that is not in the library or stands in this issue already.
    """
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if locked.state not in IN_LIBRARY:
        raise Refused(f"案例现在是“{locked.get_state_display()}”，入库后才能编入工作动态。")
    if EntryCase.objects.filter(case=locked, entry__issue=issue).exists():
        raise Refused("这个案例已经编入本期，请在本期中修改那一条。")
    entry = add_entry(issue, section=section, lead=lead, text=text, by=by)
    EntryCase.objects.create(entry=entry, case=locked)
    record(locked, "bulletins.case.offer", "编入工作动态", by=by, issue=issue.pk, entry=entry.pk)
    return entry


def first_words(case: Case) -> tuple[str, str]:
    """What the editor begins with: the title as lead, and the heads of the main part one after the other.

    Words of the case only; the editor shortens and joins them.
    """
    lead = f"{case.unit.label}：{case.title.rstrip('。')}。"
    parts = case.own_parts
    longest = max(parts, key=lambda part: part.length, default=None)
    if longest is None or not longest.text:
        return lead, ""
    heads = [block.text for block in blocks(longest.text) if block.kind.startswith("heading")]
    return lead, "".join(heads) or blocks(whole_text([longest]))[1].text
