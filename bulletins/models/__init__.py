"""Reports, issues and what is compiled from them."""

from bulletins.models.authority import SigningAuthority
from bulletins.models.call import Call, CallTarget
from bulletins.models.case import Case, CaseFrame, CaseReview, CaseVersion, EntryCase
from bulletins.models.certificate import Certificate
from bulletins.models.checking import PassageLock, Waiver
from bulletins.models.comment import OfficeComment, UnitComment
from bulletins.models.confirmation import Confirmation
from bulletins.models.correction import Correction
from bulletins.models.decision import Bulk, BulkRow, Decision, HeldDecision
from bulletins.models.intake import Intake
from bulletins.models.issue import Entry, EntrySource, Issue, MergedPart
from bulletins.models.periodical import NumberCounter, NumberingScheme, Periodical, Section
from bulletins.models.point import ReturnPoint
from bulletins.models.points import PointRule, PointScheme
from bulletins.models.public_review import ReviewItem, ReviewTick
from bulletins.models.readership import Delivery, ReaderGroup, ReadershipLine, Receipt
from bulletins.models.remark import FollowUp, LeaderRemark
from bulletins.models.rendition import Rendition
from bulletins.models.signing import SignLink, SignOff
from bulletins.models.submission import Submission
from bulletins.models.twin import Twin
from bulletins.models.volume import Volume
from bulletins.models.word import HouseWord

__all__ = [
    "Bulk",
    "BulkRow",
    "Call",
    "CallTarget",
    "Case",
    "CaseFrame",
    "CaseReview",
    "CaseVersion",
    "Certificate",
    "Confirmation",
    "Correction",
    "Decision",
    "Delivery",
    "Entry",
    "EntryCase",
    "EntrySource",
    "FollowUp",
    "HeldDecision",
    "HouseWord",
    "Intake",
    "Issue",
    "LeaderRemark",
    "MergedPart",
    "NumberCounter",
    "NumberingScheme",
    "OfficeComment",
    "PassageLock",
    "Periodical",
    "PointRule",
    "PointScheme",
    "ReaderGroup",
    "ReadershipLine",
    "Receipt",
    "Rendition",
    "ReturnPoint",
    "ReviewItem",
    "ReviewTick",
    "Section",
    "SignLink",
    "SignOff",
    "SigningAuthority",
    "Submission",
    "Twin",
    "UnitComment",
    "Volume",
    "Waiver",
]
