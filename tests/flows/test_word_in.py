"""A Word file comes into a report: changes are shown and can be refused, pasting does the same, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from bulletins.models import Submission
from portal.accounts.models import User
from portal.files.queries import attachments_of_owner
from tests.bulletins.reading.word_files import InWord
from tests.factories import make_officer
from tests.live import LivePortal

pytestmark = pytest.mark.flow

MARKS, DIGITS = "半角标点改为全角", "全角数字、字母改为半角"
TYPED = ("　　两校教师１２人同备一堂课,学生也来听课。", "　　课后大家一起评课。")
PASTED = "  青山县还请来教研员,与教师们逐节评课,并把各校的好做法汇编成册,供全县中小学教师学习借鉴,下学期接着做。"
#: Said by the page that comes after saving; the draft's own line says so while typing, too.
SAVED = re.compile(r"已于\d{1,2}:\d\d保存。")
TIDIED = "青山县还请来教研员，与教师们逐节评课，并把各校的好做法汇编成册，供全县中小学教师学习借鉴，下学期接着做。"


@pytest.fixture
def officer(live_portal: LivePortal) -> User:
    return make_officer()


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    """As officers write them: blanks for indents, marks and digits of the wrong width."""
    path = tmp_path / "联合教研.docx"
    made = InWord().line("两校同备一堂课", centred=True, bold=True)
    for line in TYPED:
        made.line(line)
    path.write_bytes(made.saved())
    return path


def open_report(page: Page) -> Locator:
    """A new report; gives the field of its text."""
    page.goto("/reports/")
    page.get_by_role("button", name="新建报送").click()
    text = page.get_by_role("textbox", name="正文")
    expect(text).to_have_value("")
    return text


def read_in(page: Page, path: Path) -> None:
    page.get_by_label("已有写好的 Word 稿？").set_input_files(path)
    page.get_by_role("button", name="读入 Word").click()
    expect(page.get_by_role("heading", name=f"从“{path.name}”读入")).to_be_visible()


def refuse(page: Page, change: str) -> None:
    """Untick one change and have the text follow."""
    group = page.locator("details.intake-group").filter(has=page.get_by_text(change))
    group.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="按勾选更新正文").click()
    expect(page.get_by_text("正文已按您的勾选更新。")).to_be_visible()


def paste(page: Page, into: Locator, words: str) -> None:
    """As a person does: copied elsewhere, pasted at the end with the keys."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("words => navigator.clipboard.writeText(words)", words)
    into.press("Control+End")
    into.press("Enter")
    into.press("Control+v")


def test_a_word_file_is_read_in_one_change_refused_more_pasted_and_the_file_kept(
    officer: User, word_file: Path, page_of: Callable[[User], Page]
) -> None:
    page = page_of(officer)
    text = open_report(page)
    read_in(page, word_file)
    expect(page.get_by_role("textbox", name="标题")).to_have_value("两校同备一堂课")
    expect(text).to_have_value("两校教师12人同备一堂课，学生也来听课。\n课后大家一起评课。")
    for told in (MARKS, DIGITS, "去掉段首、段尾的空格"):
        expect(page.locator("#intake").get_by_text(told)).to_be_visible()

    refuse(page, DIGITS)
    as_chosen = "两校教师１２人同备一堂课，学生也来听课。\n课后大家一起评课。"
    expect(text).to_have_value(as_chosen)

    paste(page, text, PASTED)
    expect(page.get_by_role("heading", name="正文已整理")).to_be_visible()
    expect(page.locator("#intake").get_by_text(MARKS)).to_be_visible()
    expect(text).to_have_value(f"{as_chosen}\n{TIDIED}")

    page.get_by_role("button", name="保存草稿", exact=True).click()
    expect(page.locator("#messages")).to_contain_text(SAVED)
    report = Submission.objects.get()
    assert report.text == f"{as_chosen}\n{TIDIED}"
    attachment = page.locator("#attachments").get_by_role("link", name=word_file.name)
    kept = page.request.get(str(attachment.get_attribute("href")))
    assert kept.body() == word_file.read_bytes(), "the file as it was sent is kept"
    assert [file.name for file in attachments_of_owner(report)] == [word_file.name]
