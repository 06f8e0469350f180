"""Reports, issues and what is compiled from them."""

from bulletins.models.certificate import Certificate
from bulletins.models.intake import Intake
from bulletins.models.issue import Entry, EntrySource, Issue
from bulletins.models.periodical import NumberCounter, NumberingScheme, Periodical, Section
from bulletins.models.points import PointRule, PointScheme
from bulletins.models.rendition import Rendition
from bulletins.models.submission import Submission
from bulletins.models.volume import Volume

__all__ = [
    "Certificate",
    "Entry",
    "EntrySource",
    "Intake",
    "Issue",
    "NumberCounter",
    "NumberingScheme",
    "Periodical",
    "PointRule",
    "PointScheme",
    "Rendition",
    "Section",
    "Submission",
    "Volume",
]
