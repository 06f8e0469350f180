"""A file is what its content says, and what could harm is turned away with a sentence."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from portal.files.kinds import recognise
from portal.refusals import Refused
from tests.portal.files.samples import MACRO, MAIN, OLE, archive, office_file, pdf, picture, png_that_claims


def kind_of(content: bytes) -> str:
    return recognise(io.BytesIO(content)).endings[0]


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (picture("JPEG"), ".jpg"),
        (picture("PNG"), ".png"),
        (picture("WEBP"), ".webp"),
        (pdf(), ".pdf"),
        (office_file(MAIN["docx"]), ".docx"),
        (office_file(MAIN["xlsx"]), ".xlsx"),
        (office_file(MAIN["pptx"]), ".pptx"),
    ],
    ids=["jpg", "png", "webp", "pdf", "docx", "xlsx", "pptx"],
)
def test_the_seven_kinds_are_told_by_their_content(content: bytes, ending: str) -> None:
    assert kind_of(content) == ending


def pdf_with_password() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("geheim", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"MZ\x90\x00" + bytes(100), "不能添加这种文件"),
        (b"GIF89a" + bytes(100), "不能添加这种文件"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "不能添加这种文件"),
        (b"<html><script>alert(1)</script></html>", "不能添加这种文件"),
        (OLE, "旧版 Office"),
        (office_file(MACRO), "宏"),
        (office_file(parts={"word/vbaProject.bin": b"x"}), "宏"),
        (office_file(parts={"word/activeX/activeX1.xml": b"x"}), "宏"),
        (office_file("application/epub+zip"), "压缩格式"),
        (archive({"报告.docx": office_file()}), "压缩包"),
        (archive({"[Content_Types].xml": b"not xml"}), "已损坏"),
        (office_file()[:-30], "已损坏"),
        (picture("PNG")[:40], "已损坏"),
        (b"\xff\xd8\xff" + bytes(200), "已损坏"),
        (b"%PDF-1.7 and nothing", "已损坏"),
        (pdf_with_password(), "密码"),
    ],
    ids=[
        "program", "gif", "svg", "page", "old office", "macro kind", "macro part", "active part", "book", "archive",
        "no list", "cut archive", "cut picture", "false picture", "false pdf", "locked pdf",
    ],
)  # fmt: skip
def test_everything_else_is_refused_with_a_sentence(content: bytes, word: str) -> None:
    with pytest.raises(Refused, match=word):
        kind_of(content)


def test_a_list_of_contents_that_swells_is_not_unfolded() -> None:
    """Entities that multiply (billion laughs) never come to be."""
    bomb = b'<!DOCTYPE t [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Types>&b;</Types>'
    with pytest.raises(Refused, match="已损坏"):
        kind_of(archive({"[Content_Types].xml": bomb}))


class TestBombs:
    def test_a_small_file_that_unpacks_to_a_huge_one(self) -> None:
        bomb = office_file(parts={"media.xml": bytes(30_000_000)})
        assert len(bomb) < 100_000
        with pytest.raises(Refused, match="异常庞大"):
            kind_of(bomb)

    def test_more_than_two_hundred_megabytes_unpacked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("portal.files.office.MOST_UNPACKED", 1_000)
        with pytest.raises(Refused, match="异常庞大"):
            kind_of(office_file(parts={"large.xml": bytes(range(256)) * 5}))

    def test_thousands_of_parts(self) -> None:
        parts = {f"{number}.xml": b"" for number in range(5_001)}
        with pytest.raises(Refused, match="异常庞大"):
            kind_of(office_file(parts=parts))

    def test_a_table_that_shrinks_well_is_no_bomb(self) -> None:
        row = "".join(f"<c r='A{number}'><v>{number}</v></c>" for number in range(50_000)).encode()
        assert kind_of(office_file(MAIN["xlsx"], {"sheet.xml": row * 4})) == ".xlsx"


class TestLargePictures:
    def test_sixty_million_pixels_are_borne(self) -> None:
        assert kind_of(png_that_claims(10_000, 6_000)) == ".png"

    @pytest.mark.parametrize("size", [(10_000, 6_001), (20_000, 20_000), (2_000_000, 2_000_000)])
    def test_more_are_refused_without_unpacking_them(self, size: tuple[int, int]) -> None:
        with pytest.raises(Refused, match="6000 万像素"):
            kind_of(png_that_claims(*size))
