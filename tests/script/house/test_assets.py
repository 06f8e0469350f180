"""Pages load few files, and no file refers to one that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from script.house.assets import FILES, SOURCE_MAP, copy_assets

ROOT = Path(__file__).parents[3]


def test_only_the_files_that_pages_load_are_copied(tmp_path: Path) -> None:
    copy_assets(ROOT / "node_modules", tmp_path / "vendor")
    assert {path.name for path in (tmp_path / "vendor").iterdir()} == {*FILES.values(), ".complete"}


def test_no_copied_file_refers_to_another_file_or_host(tmp_path: Path) -> None:
    copy_assets(ROOT / "node_modules", tmp_path / "vendor")
    for path in (tmp_path / "vendor").glob("*.min.*"):
        text = path.read_text()
        assert "sourceMappingURL" not in text, path.name
        assert [url for url in re.findall(r"url\(['\"]?([^'\")]+)", text) if not url.startswith(("data:", "#"))] == []


@pytest.mark.parametrize("line", [b"//# sourceMappingURL=x.js.map", b"/*# sourceMappingURL=x.css.map */"])
def test_the_line_that_names_a_map_is_taken_out(line: bytes) -> None:
    assert SOURCE_MAP.sub(b"", b"code\n" + line) == b"code\n"


def test_a_copy_that_breaks_off_is_not_taken_for_complete(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        copy_assets(tmp_path / "nothing", tmp_path / "vendor")
    assert not (tmp_path / "vendor" / ".complete").exists()
