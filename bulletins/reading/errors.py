"""Why a file cannot be read, in words for the person who chose it."""

from __future__ import annotations


class UnreadableFile(ValueError):
    """A file that cannot be read; ``message_zh`` says what is wrong and what to do."""

    def __init__(self, message_zh: str) -> None:
        super().__init__(message_zh)
        self.message_zh = message_zh


class UnreadableIssue(UnreadableFile):
    """A file that is no past issue of the bulletin, or one with a fault that only its owner can mend."""
