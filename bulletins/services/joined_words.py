"""The words of several reports as one: joined by a collecting unit (汇总转报), or merged by the desk (合并编发)."""

from __future__ import annotations

from collections.abc import Sequence

from bulletins.models import Submission
from bulletins.services.print_words import as_lead
from bulletins.services.reading import without_title
from bulletins.validators import LONGEST_TITLE
from portal.accounts.models import Unit


def joined_title(parts: Sequence[Submission], collector: Unit) -> str:
    """The title of a single report, else one that names the collecting unit (S1: 开展协同提质系列活动)."""
    return parts[0].title if len(parts) == 1 else f"{collector.name}开展协同提质系列活动"


def joined_text(parts: Sequence[Submission], collector: Unit, *, always_named: bool = False) -> str:
    """The paragraphs of all parts. A single report stays word for word unless ``always_named``."""
    if len(parts) == 1 and not always_named:
        return parts[0].text
    return "\n".join(_paragraphs(part, collector) for part in parts)


def joined_words(entries: Sequence[tuple[str, str]], units: Sequence[str]) -> tuple[str, str]:
    """Lead and text proposed for a merged entry.

    Reports of one unit share a lead that names it (S1: 开展协同提质系列活动) and stand below as paragraphs; of
    several units each keeps its own lead at the head of its paragraphs.
    """
    if len(units) == 1:
        return as_lead(f"{units[0]}开展协同提质系列活动"), "\n".join(text.strip() for _, text in entries)
    lead = as_lead("、".join(units) + "开展协同提质活动") if units else ""
    text = "\n".join(f"{own}{text.strip()}" for own, text in entries)
    return (lead if len(lead) <= LONGEST_TITLE else ""), text


def _paragraphs(part: Submission, collector: Unit) -> str:
    """Title and text of one part; its unit's name comes first where neither says it at the beginning."""
    words = as_lead(part.title) + without_title(part.title, part.text).strip()
    names = {part.unit.name, part.unit.short_name} - {""}
    first = words.partition("\n")[0]
    if part.unit_id == collector.pk or any(name in first for name in names):
        return words
    return f"{part.unit.name}：{words}"
