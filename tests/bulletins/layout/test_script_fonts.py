"""script/fonts leaves fonts alone that are there, and never stops a set-up."""

from __future__ import annotations

import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[3] / "script/fonts"
FILES = ("FandolFang-Regular", "FandolSong-Regular", "FandolSong-Bold", "FandolHei-Regular", "FandolKai-Regular")


def run(target: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCRIPT, target], capture_output=True, text=True, check=False, env=environment or None)


def test_fonts_that_are_there_are_not_fetched_again(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / f"{name}.otf").write_bytes(b"there")
    done = run(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"there"}


def test_where_they_cannot_be_had_one_line_says_so(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for tool in ("bash", "dirname", "env"):
        (tmp_path / "bin" / tool).symlink_to(f"/usr/bin/{tool}")
    done = run(tmp_path / "fonts", PATH=str(tmp_path / "bin"))
    assert done.returncode == 0
    assert done.stdout.startswith("未能取得 Fandol 字体")
    assert done.stdout.count("\n") == 1
    assert not (tmp_path / "fonts").exists()
