"""docs/settings.md and the settings say the same."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
READERS = {"env", "env_int", "env_list"}


def names_read_by_settings() -> set[str]:
    """Every literal name that ``portal/settings.py`` asks the environment for."""
    tree = ast.parse((ROOT / "portal" / "settings.py").read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in READERS
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def names_explained_in_tables() -> list[str]:
    rows = (ROOT / "docs" / "settings.md").read_text().splitlines()
    return [match[1] for row in rows if (match := re.match(r"\| `([A-Z_]+)` \|", row))]


def test_every_setting_that_is_read_is_explained_and_no_other() -> None:
    assert names_read_by_settings()
    assert set(names_explained_in_tables()) == names_read_by_settings()


def test_no_setting_is_explained_twice() -> None:
    names = names_explained_in_tables()
    assert len(names) == len(set(names))


def test_the_portal_reads_the_environment_in_its_settings_only() -> None:
    """Otherwise a variable could stay out of the page above."""
    allowed = {ROOT / "portal" / "settings.py"}
    apps = ["portal", "alliances", "pilots", "bulletins"]
    files = [path for app in apps for path in (ROOT / app).rglob("*.py") if path not in allowed]
    readers = [path for path in files if re.search(r"os\.(environ(\[|\.get)|getenv)", path.read_text())]
    assert readers == []


def test_the_office_server_passes_every_required_setting_on() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    required = re.findall(r"^\| `([A-Z_]+)` \|[^|]*\| \*Required\.\*", page, re.MULTILINE)
    compose = (ROOT / "docker-compose.yml").read_text()
    assert required
    for name in required:
        assert f"{name}: ${{{name}:?" in compose
