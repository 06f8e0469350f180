"""From files and pasted text to articles and whole past issues. Pure: reads no database, writes nothing."""

from bulletins.reading.errors import UnreadableFile, UnreadableIssue
from bulletins.reading.issue import ReadIssue, read_issue

__all__ = ["ReadIssue", "UnreadableFile", "UnreadableIssue", "read_issue"]
