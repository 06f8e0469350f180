"""Where read words stand in a report, and how a change of mind about them meets what was typed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bulletins.models import Intake
from bulletins.reading import ReadDocument

_NEAR = 4  # characters beside a change by which its place is known


def put_in(intake: Intake, read: ReadDocument) -> tuple[str, str]:
    """Title and text of the report with the words of ``read`` in the place that ``intake`` names.

    A title found in the file becomes the report's, unless the words go behind what stood there: then it is
    their first line.
    """
    start, end = intake.start or 0, intake.end or 0
    title, text = read.words(intake.refused)
    head, tail = intake.before_text[:start], intake.before_text[end:]
    if not title:
        title = intake.before_title
    elif head.strip() and intake.before_title.strip():
        title, text = intake.before_title, f"{title}\n{text}"
    if start == end and head and not head.endswith("\n"):
        head += "\n"
    return title, head + text + tail


def carried_over(current: str, old: str, new: str) -> str | None:
    """``current`` with what differs between ``old`` and ``new`` changed; None where that is not there just once.

    Known are whole lines; a line that was rewritten in part is looked at by a few characters around the change.
    """
    before, after = old.split("\n"), new.split("\n")
    text = f"\n{current}\n"
    for first, last, begin, end in _differences(before, after, around=1):
        gone, come = ("\n".join(["", *lines, ""]) for lines in (before[first:last], after[begin:end]))
        changed = _exchanged(text, gone, come) or _inside_lines(text, gone, come)
        if changed is None:
            return None
        text = changed
    return text[1:-1]


def _inside_lines(text: str, gone: str, come: str) -> str | None:
    for first, last, begin, end in _differences(gone, come, around=_NEAR):
        changed = _exchanged(text, gone[first:last], come[begin:end])
        if changed is None:
            return None
        text = changed
    return text


def _exchanged(text: str, gone: str, come: str) -> str | None:
    return text.replace(gone, come) if text.count(gone) == 1 else None


def _differences(old: Sequence[str], new: Sequence[str], *, around: int) -> Iterator[tuple[int, int, int, int]]:
    """Stretches that differ, with what is the same beside them: at most ``around`` on either side."""
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for group in matcher.get_grouped_opcodes(around):
        _, first, _, begin, _ = group[0]
        _, _, last, _, end = group[-1]
        yield first, last, begin, end
