"""What an editor has beside a text: checks, proposals to shorten it, locked passages, its usual length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bulletins.checking.zones import quoted
from bulletins.forms.desk import PrintedWordsForm
from bulletins.models import Entry, PassageLock, Submission
from bulletins.queries.checking import Examined, examine_entry, examine_report
from bulletins.queries.marked import OneText, locks_of
from bulletins.queries.shortening import Usual, usual_length, wording
from bulletins.queries.submission import section_of
from bulletins.services.marking import LONGEST_PASSAGE
from bulletins.shortening import Proposal, propose

#: A shorter quote is a term (“五个一批”), not what somebody said.
SHORTEST_QUOTE = 12


@dataclass(frozen=True, slots=True)
class Aids:
    """The panel of one text as it is being written. Its buttons post the whole form to ``address``.

    What comes back takes the place of ``target``; ``in_page`` says that it is a whole page, of which only that
    part is wanted. ``changed``: the words in the form are not the stored ones. ``quotes`` are passages that
    might be locked.
    """

    address: str
    target: str
    examined: Examined
    proposals: tuple[Proposal, ...]
    locks: list[PassageLock]
    quotes: list[str]
    usual: Usual
    changed: bool
    in_page: bool = False

    @property
    def saved(self) -> int:
        """Characters fewer if every proposal was accepted."""
        return sum(proposal.saved for proposal in self.proposals)


def words_in(form: PrintedWordsForm) -> tuple[str, str]:
    """Lead and text as they stand in a form, with the line ends that are stored."""
    lead, text = (str(form[name].value() or "").replace("\r\n", "\n") for name in ("lead", "text"))
    return lead, text


def aids_of_entry(entry: Entry, form: PrintedWordsForm) -> Aids:
    lead, text = words_in(form)
    locks = locks_of(entry)
    return Aids(
        address=reverse("entry-aids", args=[entry.pk]),
        target=f"#entry-{entry.pk}",
        examined=examine_entry(entry, lead, text),
        proposals=_proposals(lead, text, locks, entry.issue.issue_date),
        locks=locks,
        quotes=_quotes(entry.lead, entry.text, locks),
        usual=usual_length(entry.section),
        changed=(lead, text) != (entry.lead, entry.text),
    )


def aids_of_report(submission: Submission, form: PrintedWordsForm, stored: dict[str, Any]) -> Aids:
    lead, text = words_in(form)
    locks = locks_of(submission)
    return Aids(
        address=reverse("report-aids", args=[submission.pk]),
        target="#office-form",
        examined=examine_report(submission, lead, text, locks),
        proposals=_proposals(lead, text, locks, timezone.localdate()),
        locks=locks,
        quotes=_quotes(stored["lead"], stored["text"], locks),
        usual=usual_length(section_of(submission)),
        changed=(lead, text) != (stored["lead"], stored["text"]),
        in_page=True,
    )


def proposals_for(one: OneText, lead: str, text: str) -> tuple[Proposal, ...]:
    """The same proposals again, when one of them was accepted."""
    day = one.issue.issue_date if isinstance(one, Entry) else timezone.localdate()
    return _proposals(lead, text, locks_of(one), day)


def _proposals(lead: str, text: str, locks: list[PassageLock], day: Any) -> tuple[Proposal, ...]:
    return propose(lead, text, wording(day), locked=[lock.passage for lock in locks])


def _quotes(lead: str, text: str, locks: list[PassageLock]) -> list[str]:
    """What stands between quotation marks in the stored words and is not locked yet."""
    found = [part[start:end] for part in (lead, text) for start, end in quoted(part)]
    taken = [lock.passage for lock in locks]
    return [
        quote
        for quote in dict.fromkeys(found)
        if SHORTEST_QUOTE <= len(quote) <= LONGEST_PASSAGE and not any(quote in passage for passage in taken)
    ]
