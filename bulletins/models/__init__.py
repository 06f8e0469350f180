"""Reports, issues and what is compiled from them."""

from bulletins.models.certificate import Certificate
from bulletins.models.checking import PassageLock, Waiver
from bulletins.models.intake import Intake
from bulletins.models.issue import Entry, EntrySource, Issue
from bulletins.models.periodical import NumberCounter, NumberingScheme, Periodical, Section
from bulletins.models.points import PointRule, PointScheme
from bulletins.models.readership import Delivery, ReaderGroup, ReadershipLine, Receipt
from bulletins.models.remark import FollowUp, LeaderRemark
from bulletins.models.rendition import Rendition
from bulletins.models.submission import Submission
from bulletins.models.twin import Twin
from bulletins.models.volume import Volume
from bulletins.models.word import HouseWord

__all__ = [
    "Certificate",
    "Delivery",
    "Entry",
    "EntrySource",
    "FollowUp",
    "HouseWord",
    "Intake",
    "Issue",
    "LeaderRemark",
    "NumberCounter",
    "NumberingScheme",
    "PassageLock",
    "Periodical",
    "PointRule",
    "PointScheme",
    "ReaderGroup",
    "ReadershipLine",
    "Receipt",
    "Rendition",
    "Section",
    "Submission",
    "Twin",
    "Volume",
    "Waiver",
]
