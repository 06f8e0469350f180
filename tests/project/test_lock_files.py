"""What gets installed is fixed by hash, whichever server it comes from."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PYTHON_LOCKS = sorted(ROOT.glob("requirements*.txt"))


def requirements(lock: Path) -> dict[str, str]:
    """Each pinned requirement (``name==version``) with the lines that belong to it."""
    blocks = re.split(r"\n(?=\S)", lock.read_text())
    found = [block for block in blocks if block.strip() and not block.startswith("#")]
    return {block.split(maxsplit=1)[0]: block for block in found}


def npm_lock() -> dict[str, dict[str, Any]]:
    packages: dict[str, dict[str, Any]] = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return {name: package for name, package in packages.items() if name}


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_version_and_hash(lock: Path) -> None:
    assert requirements(lock)
    for name, block in requirements(lock).items():
        assert re.fullmatch(r"[a-z0-9][a-z0-9.\-]*==[0-9][^ ]*", name), name
        assert "--hash=sha256:" in block, name


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda path: path.name)
def test_no_python_lock_names_a_server_or_a_folder(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert not re.search(r"^\s*(--index-url|--extra-index-url|--find-links|-i|-f) ", text, re.MULTILINE)


def test_every_front_end_package_is_pinned_by_hash_and_names_no_server() -> None:
    assert npm_lock()
    for name, package in npm_lock().items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_what_the_project_asks_for_is_in_the_locks() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {
        "requirements.txt": project["dependencies"],
        "requirements-test.txt": project["dependencies"] + project["optional-dependencies"]["test"],
        "requirements-services.txt": project["optional-dependencies"]["services"],
    }
    for lock, wanted in asked.items():
        pinned = {name.split("==")[0] for name in requirements(ROOT / lock)}
        names = {re.split(r"[\[<>=!~ ]", line, maxsplit=1)[0].lower() for line in wanted}
        assert names <= pinned, lock


def test_the_tests_run_on_the_versions_that_the_portal_runs_on() -> None:
    runtime, test = (set(requirements(ROOT / name)) for name in ("requirements.txt", "requirements-test.txt"))
    assert runtime <= test
