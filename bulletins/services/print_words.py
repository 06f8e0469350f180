"""A report's words as they stand in print, proposed from the unit's own."""

from __future__ import annotations

from bulletins.models import Submission
from bulletins.services.reading import without_title
from bulletins.validators import LONGEST_TITLE


def fill_print_text(submission: Submission) -> None:
    """Propose the office's text from the unit's where none was written yet: the title becomes the lead."""
    if not submission.print_text:
        submission.print_lead, submission.print_text = as_printed(submission.title, submission.text)


def as_printed(title: str, text: str) -> tuple[str, str]:
    """Lead and text as they will stand in print: a title that opens the text too is printed once.

    ``**`` around leads marks bold in pasted texts (S0, S1) and is no part of the words.
    """
    return as_lead(title), without_title(title, text).replace("**", "").strip()


def as_lead(title: str) -> str:
    """A title as the bold first sentence: with a stop at its end."""
    title = title.strip().rstrip("。．.")
    if not title or title.endswith(("！", "？", "”")) or len(title) >= LONGEST_TITLE:
        return title
    return f"{title}。"
