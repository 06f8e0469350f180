"""From files and pasted text to articles and whole past issues. Pure: reads no database, writes nothing."""

from bulletins.reading.document import ReadDocument, read_document
from bulletins.reading.errors import UnreadableFile, UnreadableIssue
from bulletins.reading.issue import ReadIssue, read_issue
from bulletins.reading.report import KnownBatch, KnownKind, ReadActivity, ReadReport, read_report
from bulletins.reading.units import KnownUnit, UnitMatcher

__all__ = [
    "KnownBatch",
    "KnownKind",
    "KnownUnit",
    "ReadActivity",
    "ReadDocument",
    "ReadIssue",
    "ReadReport",
    "UnitMatcher",
    "UnreadableFile",
    "UnreadableIssue",
    "read_document",
    "read_issue",
    "read_report",
]
