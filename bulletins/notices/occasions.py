"""Names of events that other code asks for again: whether somebody was told, and what became of it."""

from __future__ import annotations

from bulletins.models import Issue


def delivered(issue: Issue) -> str:
    """An issue has arrived: one message per person, whoever of his units received it."""
    return f"issue:{issue.pk}:delivered"
