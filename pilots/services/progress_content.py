"""What stands in a progress report: the sections as the portal knows them now, and what a reviewer should look at.

Frozen content is plain JSON: ``{"sections": [{"key", "label", "lines": [{"key", "text", "owner"}], "figures": [{"key",
"label", "value", "unit"}], "missing": [sentence]}], "words": {name: text}, "doubts": [{"line", "right", "answer"}]}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from pilots.models import ProgressReport, ReportingCadence
from pilots.models.progress import WORDS
from pilots.prefill import Figure, Section, sections
from pilots.states.progress import DoubtState
from portal.accounts.models import Unit
from portal.periods import Period

MISSING, ODD, CHANGED, DOUBT = "缺少", "异常", "变化", "存疑"
#: What of the findings wants a person's eye; a plain change does not.
EXCEPTIONS = frozenset({MISSING, ODD, DOUBT})


def known_now(unit: Unit, period: Period) -> list[dict[str, Any]]:
    """The sections as the portal knows them at this moment."""
    return [_section(section, unit, period) for section in sections()]


def content_now(report: ProgressReport) -> dict[str, Any]:
    """Everything that a submission freezes."""
    doubts = report.doubts.exclude(state=DoubtState.CORRECTED).values("line", "right", "answer")
    return {
        "sections": known_now(report.unit, report.period.span),
        "words": {name: getattr(report, name) for name in WORDS},
        "doubts": list(doubts),
    }


def findings(content: dict[str, Any], before: dict[str, Any] | None, cadence: ReportingCadence) -> list[dict[str, str]]:
    """What stands on top for the reviewer, the gravest first: what is missing, what looks odd, what is doubted, what
    changed since ``before``, the content for the period before (None where there was none)."""
    found = [(MISSING, text) for section in content["sections"] for text in section["missing"]]
    changes = list(_changes(content, before, cadence)) if before else []
    found += [change for change in changes if change[0] == ODD]
    open_doubts = [doubt for doubt in content["doubts"] if not doubt["answer"]]
    found += [(DOUBT, f"“{doubt['line']}”，本单位认为应为：{doubt['right']}") for doubt in open_doubts]
    found += [change for change in changes if change[0] == CHANGED]
    return [{"kind": kind, "text": text} for kind, text in found]


def is_clean(found: Iterable[dict[str, str]]) -> bool:
    """Nothing in it wants a person's eye."""
    return all(one["kind"] not in EXCEPTIONS for one in found)


def _section(section: Section, unit: Unit, period: Period) -> dict[str, Any]:
    lines = [asdict(line) for line in section.rows(unit, period)]
    figures = [asdict(figure) | {"value": _number(figure)} for figure in section.figures(unit, period)]
    missing = [section.wanting] if section.wanting and not lines else []
    missing += section.missing(unit, period)
    return {"key": section.key, "label": section.label, "lines": lines, "figures": figures, "missing": missing}


def _number(figure: Figure) -> int | float:
    """JSON knows no Decimal; a figure on this sheet has no more than a few places."""
    if not isinstance(figure.value, Decimal):
        return figure.value
    return int(figure.value) if figure.value == int(figure.value) else float(figure.value)


def _changes(content: dict[str, Any], before: dict[str, Any], cadence: ReportingCadence) -> Iterator[tuple[str, str]]:
    old = {figure["key"]: figure["value"] for section in before["sections"] for figure in section["figures"]}
    for section in content["sections"]:
        for figure in section["figures"]:
            if figure["key"] in old and old[figure["key"]] != figure["value"]:
                yield _change(figure, old[figure["key"]], cadence)


def _change(figure: dict[str, Any], old: float, cadence: ReportingCadence) -> tuple[str, str]:
    new = figure["value"]
    off = abs(new - old)
    odd = off >= cadence.odd_least and off * 100 >= cadence.odd_percent * old
    words = f"{figure['label']}{new}{figure['unit']}，上期{old}{figure['unit']}"
    if odd and old:
        share = off * 100 / old
        return ODD, f"{words}，{'增加' if new > old else '减少'}{share:.0f}%。"
    return (ODD if odd else CHANGED), f"{words}。"
