"""A checkout of its own for every test, so that no test meddles with servers that somebody is using."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
GIVEN = ("DATABASE_URL", "REDIS_URL", "DATA_DIR", "PORTAL_ENV")


class Checkout:
    """The scripts of this project in a folder of their own, with servers of their own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT / "script", root / "script", ignore=shutil.ignore_patterns("__pycache__"))

    def start(self, *words: str, **variables: str) -> subprocess.Popen[str]:
        """``script/run`` without the set-up, as a process."""
        environment = {name: value for name, value in os.environ.items() if name not in GIVEN} | variables
        return subprocess.Popen(
            [sys.executable, str(self.root / "script" / "house"), *words],
            env=environment,
            cwd=self.root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self, *words: str, **variables: str) -> tuple[int, str, str]:
        """The same, waited for: exit status, output, error output."""
        process = self.start(*words, **variables)
        output, error = process.communicate(timeout=60)
        return process.returncode, output.strip(), error.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "checkout")
