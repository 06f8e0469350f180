"""Commands in the environment end as they would without it."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

if TYPE_CHECKING:
    from tests.script.house.conftest import Checkout

# Stands for the portal's own in a checkout that holds the scripts only.
MANAGE = """
import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    connection.execute("CREATE TABLE migrated ()")
"""
SHOW = 'psql -Atc "select current_database(), count(*) from pg_class where relname = \'migrated\'"; echo "$DATA_DIR"'


@pytest.fixture
def migratable(checkout: Checkout) -> Checkout:
    (checkout.root / "manage.py").write_text(MANAGE)
    return checkout


def databases(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()]


def test_a_scratch_run_has_a_migrated_database_and_files_of_its_own_and_drops_them(migratable: Checkout) -> None:
    user = migratable.start("run", "bash", "-c", 'echo "$DATABASE_URL"; read -r _ || true')
    assert user.stdout is not None
    url = user.stdout.readline().strip()
    status, output, _ = migratable.finish("run", "--scratch", "bash", "-c", f"{SHOW}; exit 3")
    (name, migrated), folder = output.split("\n")[0].split("|"), Path(output.split("\n")[1])
    left = databases(url)
    user.communicate(timeout=20)
    assert (status, migrated) == (3, "1")
    assert name.startswith("scratch_")
    assert name not in left
    assert not folder.exists()


def test_a_scratch_run_whose_migrations_fail_says_so_and_leaves_nothing(migratable: Checkout) -> None:
    (migratable.root / "manage.py").write_text("raise SystemExit(1)")
    status, _, error = migratable.finish("run", "--scratch", "true")
    assert status == 1
    assert "migrate" in error
    assert list((migratable.root / "var").glob("scratch-*")) == []


def test_what_a_killed_scratch_run_left_is_cleared_away_by_the_next(migratable: Checkout) -> None:
    user = migratable.start("run", "bash", "-c", 'echo "$DATABASE_URL"; read -r _ || true')
    killed = migratable.start("run", "--scratch", "bash", "-c", "echo ready; read -r _ || true")
    assert user.stdout is not None
    assert killed.stdout is not None
    url = user.stdout.readline().strip()
    assert killed.stdout.readline().strip() == "ready"
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=20)
    assert any(name.startswith("scratch_") for name in databases(url))
    migratable.finish("run", "--scratch", "true")
    assert not any(name.startswith("scratch_") for name in databases(url))
    user.communicate(timeout=20)


def test_a_request_to_end_reaches_the_command_and_clearing_up_still_happens(migratable: Checkout) -> None:
    run = migratable.start("run", "--scratch", "bash", "-c", "echo ready; exec sleep 60")
    assert run.stdout is not None
    run.stdout.readline()
    run.terminate()
    run.communicate(timeout=20)
    assert run.returncode == 128 + signal.SIGTERM
    assert list((migratable.root / "var").glob("scratch-*")) == []


@pytest.mark.parametrize("words", [["run"], ["run", "--scratch"], ["run", "--unknown", "true"]])
def test_a_call_without_a_command_is_answered_with_the_usage(checkout: Checkout, words: list[str]) -> None:
    status, _, error = checkout.finish(*words)
    assert status == 2
    assert error.startswith("usage: script/run")


def test_a_command_that_does_not_exist_is_named(checkout: Checkout) -> None:
    given = {"DATABASE_URL": "postgresql://db.invalid/portal", "REDIS_URL": "redis://cache.invalid/0"}
    status, _, error = checkout.finish("run", "no-such-command", **given)
    assert (status, "no-such-command" in error) == (127, True)
