"""The processes of a demonstration end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from script.house.crew import Crew

ROOT = Path(__file__).parents[3]


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def ended(crew: Crew) -> bool:
    try:
        crew.check()
    except RuntimeError:
        return True
    return False


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    return Crew(dict(os.environ), tmp_path)


def written_pid(path: Path) -> int:
    assert eventually(lambda: path.exists() and path.read_text().endswith("\n"))
    return int(path.read_text())


def test_stopping_ends_every_process_and_what_it_left_behind(crew: Crew, tmp_path: Path) -> None:
    child = tmp_path / "child"
    crew.start("parent", ["bash", "-c", f"trap 'exit 0' TERM; sleep 60 & echo $! > {child}; wait"])
    pid = written_pid(child)
    crew.stop()
    assert eventually(lambda: not alive(pid))


def test_a_process_that_ends_by_itself_is_reported_with_its_last_words(crew: Crew) -> None:
    crew.start("worker", ["bash", "-c", "echo no more paper; exit 4"])
    assert eventually(lambda: "no more paper" in crew.log("worker").read_text())
    assert eventually(lambda: ended(crew))
    with pytest.raises(RuntimeError, match=r"worker ended unexpectedly \(status 4\):\nno more paper"):
        crew.check()
    crew.stop()


def test_the_crew_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "member"
    owner = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import os, pathlib, sys, time; from script.house.crew import Crew\n"
            "crew = Crew(dict(os.environ), pathlib.Path(sys.argv[1]))\n"
            "crew.start('member', ['bash', '-c', f'echo $$ > {sys.argv[2]}; exec sleep 60'])\n"
            "time.sleep(60)",
            str(tmp_path),
            str(mark),
        ],
        cwd=ROOT,
    )
    pid = written_pid(mark)
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    assert eventually(lambda: not alive(pid))
