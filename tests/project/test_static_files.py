"""Static files as the office server names them: with a hash, also inside script modules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    """All static files, named as in production."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "portal.static.HashedFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_a_script_module_is_imported_under_the_name_under_which_pages_load_it(collected: Path) -> None:
    """Under another name it would be loaded twice, and its guard against double clicks would stop every form."""
    hashed = [path for path in (collected / "js").glob("*.js") if re.fullmatch(r"[\w-]+\.[0-9a-f]{12}\.js", path.name)]
    imported = {path.name: re.findall(r'from "\./([^"]+)"', path.read_text(encoding="utf-8")) for path in hashed}
    assert any(imported.values())
    names = {path.name for path in hashed}
    assert {name: other for name, others in imported.items() for other in others if other not in names} == {}
