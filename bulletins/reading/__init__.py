"""From files and pasted text to articles and whole past issues. Pure: reads no database, writes nothing."""

from bulletins.reading.changes import Change, around, rendered
from bulletins.reading.document import ReadDocument, ReadPicture, read_document, read_pasted
from bulletins.reading.errors import UnreadableFile, UnreadableIssue
from bulletins.reading.issue import ReadIssue, read_issue
from bulletins.reading.report import KnownBatch, KnownKind, ReadActivity, ReadReport, read_report
from bulletins.reading.units import KnownUnit, UnitMatcher

__all__ = [
    "Change",
    "KnownBatch",
    "KnownKind",
    "KnownUnit",
    "ReadActivity",
    "ReadDocument",
    "ReadIssue",
    "ReadPicture",
    "ReadReport",
    "UnitMatcher",
    "UnreadableFile",
    "UnreadableIssue",
    "around",
    "read_document",
    "read_issue",
    "read_pasted",
    "read_report",
    "rendered",
]
