"""A bound volume: pages as they were printed, one running number, contents and index that tell it."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pypdfium2
import pytest

from bulletins.content import IssueContent
from bulletins.layout import CompiledPdf, FontSet
from bulletins.layout.volume import BoundEntry, BoundIssue, BoundVolume, VolumeContent, bind_volume


def bound_issue(label: str, printed: CompiledPdf, unit: str) -> BoundIssue:
    entries = (
        BoundEntry("省级动态", "开篇", 1, (unit,)),
        BoundEntry("他山之石", "导师到校任教", printed.pages, (unit, "临湖区")),
    )
    return BoundIssue(label, date(2031, 4, 9), entries, printed.pages, lambda: printed.pdf)


@pytest.fixture(scope="module")
def content(issue: IssueContent, printed: CompiledPdf) -> VolumeContent:
    return VolumeContent(
        masthead=issue.masthead,
        title=issue.title,
        name="2031年合订本",
        since=date(2031, 1, 1),
        until=date(2031, 12, 31),
        office=issue.office,
        day=date(2032, 1, 6),
        issues=(bound_issue("第4期", printed, "石桥县"), bound_issue("第5期", printed, "山溪大学")),
        left_out=("第6期已作废，未收入。",),
        unit_order=("山溪大学", "石桥县", "临湖区"),
    )


@pytest.fixture(scope="module")
def volume(content: VolumeContent, fonts: FontSet) -> BoundVolume:
    return bind_volume(content, fonts=fonts)


@pytest.fixture(scope="module")
def pages(volume: BoundVolume) -> list[str]:
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(volume.pdf)).pages]


def test_the_cover_names_the_series_the_volume_and_its_numbers(pages: list[str], content: VolumeContent) -> None:
    for told in (content.masthead, content.name, "第4期至第5期", content.office, "2032年1月6日"):
        assert told in pages[0]


def test_every_issue_begins_on_a_right_hand_page(volume: BoundVolume) -> None:
    assert all(number % 2 for number in volume.first_pages.values())


def test_the_contents_give_the_running_number_of_every_entry(
    volume: BoundVolume, pages: list[str], printed: CompiledPdf
) -> None:
    for label, first in volume.first_pages.items():
        assert f"{label}（2031年4月9日）{first}" in pages[1]
        assert f"导师到校任教{first + printed.pages - 1}" in pages[1]
    assert "第6期已作废，未收入。" in pages[1]


def test_all_pages_but_the_cover_carry_their_running_number(volume: BoundVolume, pages: list[str]) -> None:
    assert len(pages) == volume.pages
    document = pypdfium2.PdfDocument(volume.pdf)
    for number, page in enumerate(document, 1):
        foot = page.get_textpage().get_text_bounded(left=250, right=350, bottom=40, top=60)
        assert "".join(foot.split()) == ("" if number == 1 else str(number))


def test_the_pages_of_an_issue_are_as_they_were_printed(volume: BoundVolume, printed: CompiledPdf) -> None:
    bound, alone = pypdfium2.PdfDocument(volume.pdf), pypdfium2.PdfDocument(printed.pdf)
    for label_first in volume.first_pages.values():
        for offset in range(printed.pages):
            page = bound[label_first - 1 + offset].render(scale=0.5).to_pil()
            was = alone[offset].render(scale=0.5).to_pil()
            above = (0, 0, was.width, int(was.height * 0.92))
            assert page.crop(above).tobytes() == was.crop(above).tobytes()


def test_the_index_lists_units_in_official_order_with_number_and_page(
    volume: BoundVolume, pages: list[str], printed: CompiledPdf
) -> None:
    index = pages[-1]
    assert index.index("山溪大学") < index.index("石桥县") < index.index("临湖区")
    first, second = (start + printed.pages - 1 for start in volume.first_pages.values())
    assert f"临湖区第4期{first}；第5期{second}" in index


def test_a_volume_of_nothing_is_none(content: VolumeContent, fonts: FontSet) -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match="at least one issue"):
        bind_volume(replace(content, issues=()), fonts=fonts)
