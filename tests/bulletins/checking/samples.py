"""Small texts and surroundings for the tests of checking; all of our own making."""

from __future__ import annotations

from datetime import date
from typing import Any

from bulletins.checking import CheckedText, Finding, ListedWord, Surroundings, UnitWords, check

UNITS = (
    UnitWords(1, "青山师范大学", "青山师大"),
    UnitWords(2, "绿水县", "绿水", ("绿水县教体局", "绿水山区县")),
    UnitWords(3, "绿水县第三中学", "绿水三中"),
    UnitWords(4, "白云学院", former=("白云师范专科学校",)),
)
WORDS = (ListedWord("布署", "部署", "输入错误。"), ListedWord("差生", "", "不贴标签。"))


def around(**changes: Any) -> Surroundings:
    """Monday, 2 December 2024, with a collection window from 1 November on."""
    given: dict[str, Any] = {
        "today": date(2024, 12, 2),
        "reference": date(2024, 12, 2),
        "window": (date(2024, 11, 1), date(2024, 12, 2)),
        "units": UNITS,
        "words": WORDS,
    }
    return Surroundings(**given | changes)


def entry(text: str, lead: str = "", key: str = "one", **more: Any) -> CheckedText:
    return CheckedText(key, lead, text, **more)


def found(*texts: CheckedText, rule: str = "", **changes: Any) -> list[Finding]:
    """Findings in ``texts``, of one rule where it is named."""
    return [finding for finding in check(texts, around(**changes)) if rule in ("", finding.rule)]
