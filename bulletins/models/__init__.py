"""Reports, issues and what is compiled from them."""

from bulletins.models.issue import Entry, EntrySource, Issue
from bulletins.models.periodical import NumberCounter, NumberingScheme, Periodical, Section
from bulletins.models.rendition import Rendition
from bulletins.models.submission import Submission

__all__ = [
    "Entry",
    "EntrySource",
    "Issue",
    "NumberCounter",
    "NumberingScheme",
    "Periodical",
    "Rendition",
    "Section",
    "Submission",
]
