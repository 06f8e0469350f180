"""Who receives the issue, who confirms it, and what the ledger counts in the end."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.flows.story.cast import follow, press, reads

FIGURES = ("报送", "按时", "逾期", "采用", "编发", "退回过", "未采用")


def send_out(page: Page, issue: str) -> None:
    """The editor looks through the list that the office keeps, and sends."""
    page.goto(issue)
    follow(page, "发送和签收")
    page.get_by_role("button", name="发送（").click()
    reads(page, "已发送。收件单位和领导现在可以在系统中阅读本期。")


def confirm(page: Page, words: str) -> None:
    """签收: a unit reads what came and confirms it."""
    page.goto("/received/")
    follow(page, "工作动态第17期")
    reads(page, words)
    press(page, "签收")
    reads(page, "已签收，谢谢。")


def leader_reads(page: Page, words: str) -> None:
    """呈阅: a leader is shown the issue and asked for nothing."""
    page.goto("/received/")
    follow(page, "工作动态第17期")
    reads(page, words, "不需要签收")
    expect(page.get_by_role("button", name="签收")).to_have_count(0)


def see_who_received(page: Page, issue: str, unit: str, leader: str) -> None:
    page.goto(f"{issue}readership/")
    expect(page.get_by_role("row").filter(has_text=unit).filter(has_text="已签收")).to_have_count(1)
    expect(page.get_by_role("row").filter(has_text=leader)).to_contain_text("不需签收")


def ledger_row(page: Page, unit: str) -> dict[str, str]:
    """The figures of ``unit`` as they stand in 统计台账, by heading."""
    page.goto("/ledger/")
    heads = page.get_by_role("columnheader").all_inner_texts()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=unit, exact=True))
    cells = [*row.get_by_role("rowheader").all_inner_texts(), *row.get_by_role("cell").all_inner_texts()]
    return dict(zip(heads, cells, strict=True))


def open_figure(page: Page, unit: str, figure: str) -> None:
    """Every figure opens its rows."""
    page.goto("/ledger/")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=unit, exact=True))
    row.get_by_role("cell").nth(FIGURES.index(figure)).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(figure)
