"""Shortening, the editor's main work: proposals only, nothing is ever changed by itself. Pure: no database."""

from bulletins.shortening.engine import MOST_PROPOSALS, accepted, propose
from bulletins.shortening.facts import NamedUnit, Phrase, Proposal, Wording

__all__ = ["MOST_PROPOSALS", "NamedUnit", "Phrase", "Proposal", "Wording", "accepted", "propose"]
