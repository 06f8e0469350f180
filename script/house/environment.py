"""The environment in which the portal's commands run: shared, or a scratch one of their own."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from script.house.keeper import Stay, start, stop
from script.house.paths import ROOT, tool_path, var
from script.house.servers import Redis

SCRATCH = re.compile(r"(?:test_)?scratch_(\d+)_[0-9a-f]{8}")


class Environment:
    """The variables of a run, and the stays with shared servers that it needs."""

    def __init__(self, *, without_redis: bool = False) -> None:
        """``DATABASE_URL`` and ``REDIS_URL`` of the caller win; else the shared servers are joined.

        ``without_redis``: the caller brings a Redis of its own. Raises ``RuntimeError`` when a
        server does not start, ``MissingProgramError`` when there is none to start.
        """
        self.variables = dict(os.environ, PATH=tool_path(), PYTHONUNBUFFERED="1")
        self.variables.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
        wanted = {"DATABASE_URL": "postgres"} | ({} if without_redis else {"REDIS_URL": "redis"})
        wanted = {variable: name for variable, name in wanted.items() if not self.variables.get(variable)}
        self.stays = _join(list(wanted.values()))
        self.variables |= {variable: stay.url for variable, stay in zip(wanted, self.stays, strict=True)}
        self.use_database(self.variables["DATABASE_URL"])

    def use_database(self, url: str) -> None:
        """Point the portal and ``psql`` at a database."""
        parts = urlsplit(url)
        self.variables["DATABASE_URL"] = url
        known = {
            "PGHOST": parts.hostname,
            "PGPORT": parts.port,
            "PGUSER": parts.username,
            "PGPASSWORD": parts.password,
            "PGDATABASE": parts.path.lstrip("/"),
        }
        self.variables |= {name: unquote(str(value)) for name, value in known.items() if value}

    def leave(self) -> None:
        """End the stays; return when servers that nobody uses any more have stopped."""
        for stay in self.stays:
            stay.leave()


def _join(names: list[str]) -> list[Stay]:
    """Join all at once: starting them one after the other would be waited for twice."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(Stay, names))


@contextmanager
def scratch(*, migrated: bool = True) -> Iterator[Environment]:
    """An environment with a database, file store and Redis of its own, gone afterwards.

    ``migrated=False`` leaves the database empty (pytest makes its own from its name).
    Raises ``subprocess.CalledProcessError`` when the migrations fail.
    """
    environment = Environment(without_redis=True)
    server_url = environment.variables["DATABASE_URL"]
    name = f"scratch_{os.getpid()}_{secrets.token_hex(4)}"
    folder = Path(tempfile.mkdtemp(prefix="scratch-", dir=var()))
    redis = Redis(folder)
    try:
        process = start(redis, folder / "redis.log")
        try:
            _create(server_url, name)
            environment.use_database(urlunsplit(urlsplit(server_url)._replace(path=f"/{name}")))
            environment.variables |= {"REDIS_URL": redis.url, "DATA_DIR": str(folder / "files")}
            (folder / "files").mkdir()
            if migrated:
                migrate(environment)
            yield environment
        finally:
            stop(redis, process)
            _drop(server_url, [name, f"test_{name}"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        environment.leave()


def migrate(environment: Environment) -> None:
    """Bring the database up to the code."""
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--noinput", "--skip-checks", "--verbosity", "0"]
    subprocess.run(command, env=environment.variables, cwd=ROOT, check=True)


def _create(server_url: str, name: str) -> None:
    """Make the scratch database, and clear away those whose owner was killed."""
    with psycopg.connect(_maintenance(server_url), autocommit=True) as connection:
        names = [row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()]
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    _drop(server_url, [name for name in names if _orphaned(name)])


def _orphaned(name: str) -> bool:
    """Whether a scratch database belongs to a process of this machine that is no more."""
    made = SCRATCH.match(name)
    return made is not None and not Path("/proc", made[1]).exists()


def _drop(server_url: str, names: list[str]) -> None:
    with psycopg.connect(_maintenance(server_url), autocommit=True) as connection:
        for name in names:
            statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(statement)


def _maintenance(server_url: str) -> str:
    """The same server's ``postgres`` database, from which others are made and dropped."""
    return urlunsplit(urlsplit(server_url)._replace(path="/postgres"))
