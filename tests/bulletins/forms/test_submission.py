"""What the pages of 信息报送 read from a request."""

from __future__ import annotations

from django.http import QueryDict

from bulletins.forms.submission import LONGEST_CELL, FilterForm, SubmissionForm, rows_from


def test_line_ends_of_browsers_are_stored_as_one_character() -> None:
    form = SubmissionForm({"title": "标题", "text": "一\r\n二\r三", "version": "1"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "一\n二\n三"


def test_blanks_at_the_ends_of_a_text_are_the_writer_s() -> None:
    form = SubmissionForm({"text": "　　首行空两格。\n", "version": "1"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "　　首行空两格。\n"


def test_rows_come_in_the_order_of_the_page_with_all_their_cells() -> None:
    data = QueryDict(
        "row=r2&row=n1&r2-date=11月4日&r2-activity=7&r2-batches=1&r2-batches=3&n1-people=教师3人&n1-activity=x"
    )
    second, first = rows_from(data)
    assert (second.key, second.date, second.activity, second.batches) == ("r2", "11月4日", 7, ("1", "3"))
    assert (first.key, first.people, first.activity) == ("n1", "教师3人", None)


def test_a_flood_of_letters_is_bounded() -> None:
    data = QueryDict("row=n0", mutable=True)
    data["n0-place"] = "长\x00" * 5000
    rows = rows_from(data)
    assert rows[0].place == ("长" * LONGEST_CELL)[: len(rows[0].place)]
    assert len(rows[0].place) <= LONGEST_CELL


def test_filters_that_cannot_be_read_narrow_nothing() -> None:
    assert FilterForm({"state": "不存在", "since": "2024-11-01", "text": ""}).narrowing().keys() == {"since"}
