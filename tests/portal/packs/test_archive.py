"""Names in the .zip are borne by every system, and two files never fall together."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from portal.material import Kept, Made
from portal.packs.services.archive import LONGEST, Archive, safe_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("同课异构：第1次?", "同课异构：第1次_"),
        ("  两个  空格. ", "两个 空格"),
        ("CON\x07\u202e.pdf", "CON.pdf"),
        ("...", "未命名"),
    ],
)
def test_what_no_system_bears_is_left_out(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("长" * 200 + ".docx")
    assert (len(name), name[-5:]) == (LONGEST, ".docx")


def test_two_files_of_one_name_stand_beside_each_other(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.zip") as archive:
        for name in ("签到表.PDF", "签到表.pdf"):
            archive.add("07 活动材料", Made(name, lambda: b"x"))
    with zipfile.ZipFile(tmp_path / "a.zip") as written:
        assert written.namelist() == ["07 活动材料/签到表.PDF", "07 活动材料/签到表（2）.pdf"]
        assert all(one.flag_bits & 0x800 for one in written.infolist())  # names in UTF-8


def test_a_file_that_is_gone_is_noted_and_not_written(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.zip") as archive:
        archive.add("05 协议", Kept("协议.pdf", "attachments/gone.pdf", 10))
    assert (archive.count, archive.lost) == (0, ["05 协议/协议.pdf"])


def test_a_path_never_leaves_its_folder(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.zip") as archive:
        archive.add("05 协议", Made("../../etc/passwd", lambda: b"x"))
    assert archive.count == 1
    with zipfile.ZipFile(tmp_path / "a.zip") as written:
        assert written.namelist() == ["05 协议/未命名/未命名/etc/passwd"]
