"""01 报告框架: the year's report with its official headings, the figures filled in, the words left to people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.home.boards.board import board_of
from portal.home.boards.facts import Board, Figure, Quota
from portal.home.boards.subjects import of_unit
from portal.material import Scope
from portal.printing.circular import LOOKS
from portal.printing.word_styles import HEAD, KAI, LEFT, TEXT, Look, add_style, official_document, saved, writable
from portal.text.numbers import numeral
from portal.text.official import official_date

_FIRST, _SECOND = "一级标题", "二级标题"
_STYLES = (
    Look(_FIRST, font=HEAD, align=LEFT, indent=2, keep_next=True, level=1),
    Look(_SECOND, font=KAI, align=LEFT, indent=2, keep_next=True, level=2),
)


class _Report:
    """Paragraphs with the numbers of official papers: 一、 and （一）."""

    def __init__(self, document: Any) -> None:
        self._add, self._firsts, self._seconds = document.add_paragraph, 0, 0

    def first(self, heading: str) -> None:
        self._firsts, self._seconds = self._firsts + 1, 0
        self._add(f"{numeral(self._firsts)}、{heading}", style=_FIRST)

    def second(self, heading: str) -> None:
        self._seconds += 1
        self._add(writable(f"（{numeral(self._seconds)}）{heading}"), style=_SECOND)

    def say(self, text: str) -> None:
        if text:
            self._add(writable(text), style=TEXT)

    def blank(self, what: str) -> None:
        """Where people write: marked so that it is not overlooked."""
        self._add(f"【请填写：{what}】", style=TEXT)


def frame_docx(scope: Scope) -> bytes:
    """The document; every figure is the board's of the same unit and year."""
    board = board_of(of_unit(scope.unit), scope.period, scope.day)
    title = f"{scope.unit.name}{scope.period.label}协同提质行动工作报告"
    document = official_document(title=title, author=scope.unit.name, day=scope.day)
    for look in (*LOOKS, *_STYLES):
        add_style(document, look)
    document.add_paragraph(writable(title), style="通报标题")
    report = _Report(document)
    report.say(
        f"（框架。文中数字截至{official_date(board.day)}，由系统统计，含义见文末；方括号内请补充文字后删去括号。）"
    )
    _overview(report, board)
    _batches(report, board)
    _quotas(report, board)
    report.first("主要做法和成效")
    for what in ("结对合作、需求对接和协议落实", "城乡共同体建设和教师交流", "信息报送和经验推广"):
        report.second(what.replace("、需求对接和协议落实", ""))
        report.blank(f"{what}的做法、成效和典型事例")
    _shortcomings(report, board)
    report.first("下一步打算")
    report.blank("下一年度的工作安排")
    _meanings(report, board)
    for line in (scope.unit.name, official_date(scope.day)):
        document.add_paragraph(writable(line), style="落款")
    return saved(document)


def _overview(report: _Report, board: Board) -> None:
    report.first("总体情况")
    report.blank("本年度工作的总体评价，两三句话")
    if said := _said(board.headline):
        report.say(f"{board.period_label}，{said}。")
    if board.adoption is not None:
        sent, _, printed = (
            sum(int(row.figures[place].number or 0) for row in board.adoption.rows) for place in range(3)
        )
        report.say(f"报送稿件{sent}篇，编发{printed}篇。")


def _batches(report: _Report, board: Board) -> None:
    report.first("五个一批推进情况")
    for line in board.batches:
        report.second(line.name)
        running = _said(line.standings) if any(one.number for one in line.standings) else "没有实施中的任务"
        report.say(f"{_said(line.figures)}；{running}。")
        for quota in line.quotas:
            report.say(_kept(quota))
        report.blank("主要进展和一两个实例")


def _quotas(report: _Report, board: Board) -> None:
    report.first("目标完成情况")
    if not board.quotas:
        report.say("本单位本年度没有设定目标。")
    for quota in board.quotas:
        report.say(_kept(quota))


def _shortcomings(report: _Report, board: Board) -> None:
    report.first("存在的困难和不足")
    for group in board.late:
        if group.figure.number:
            named = "；".join(f"{line.text}（{line.note}）" if line.note else line.text for line in group.lines)
            report.say(f"{_one(group.figure)}：{named}。" if named else f"{_one(group.figure)}。")
    report.blank("困难的原因和需要上级支持的事项")


def _meanings(report: _Report, board: Board) -> None:
    report.first("数字的含义")
    report.say(f"以下数字截至{official_date(board.day)}。")
    for label, meaning in board.meanings.items():
        report.say(f"{label}：{meaning}")


def _said(figures: Iterable[Figure]) -> str:
    """Figures in a row; one that cannot be said (a ratio of nothing) is left to people."""
    return "，".join(_one(figure) for figure in figures if figure.number is not None)


def _one(figure: Figure) -> str:
    return f"{figure.label}{figure.text}{figure.unit}"


def _kept(quota: Quota) -> str:
    named = f"{quota.missing_word}的有：{'、'.join(quota.missing)}。" if quota.missing else ""
    return f"{quota.label}（{quota.aim}，{quota.force}，{quota.period}）：{quota.state_label}，{quota.words}。{named}"
