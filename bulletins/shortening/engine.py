"""All proposals for one text, and one of them put in."""

from __future__ import annotations

from collections.abc import Sequence

from bulletins.checking.zones import held, joined, titles
from bulletins.shortening.dates import dates
from bulletins.shortening.facts import Proposal, Wording
from bulletins.shortening.names import names
from bulletins.shortening.phrases import phrases

MOST_PROPOSALS = 60


def propose(lead: str, text: str, wording: Wording, *, locked: Sequence[str] = ()) -> tuple[Proposal, ...]:
    """What may be said shorter, in the order of the words, none overlapping another.

    Quoted and locked words and titles of papers are never touched; the lead is a headline and keeps its names.
    """
    words = {"lead": lead, "text": text}
    zones = {name: joined([*held(value, locked), *titles(value)]) for name, value in words.items()}
    found = [*dates(text, zones["text"], wording), *names(text, zones["text"], wording)]
    found += phrases(words, zones, wording)
    found.sort(key=lambda proposal: (proposal.field != "lead", proposal.start, -proposal.end))
    kept: list[Proposal] = []
    for proposal in found:
        last = kept[-1] if kept else None
        if proposal.saved > 0 and not (last and last.field == proposal.field and proposal.start < last.end):
            kept.append(proposal)
    return tuple(kept[:MOST_PROPOSALS])


def accepted(lead: str, text: str, proposal: Proposal) -> tuple[str, str]:
    """Lead and text with ``proposal`` (made for exactly these words) put in."""
    if proposal.field == "lead":
        return lead[: proposal.start] + proposal.after + lead[proposal.end :], text
    return lead, text[: proposal.start] + proposal.after + text[proposal.end :]
