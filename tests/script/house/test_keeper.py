"""Private servers come with their first user and go with their last, however that one ends."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

import psycopg

if TYPE_CHECKING:
    from tests.script.house.conftest import Checkout

URLS = 'echo "$DATABASE_URL $REDIS_URL"'
# Prints where the servers are and stays until its input is closed.
STAY = ("run", "bash", "-c", f"{URLS}; read -r _ || true")


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def eventually_silent(url: str) -> bool:
    deadline = time.monotonic() + 15
    while answers(url):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def where(process: subprocess.Popen[str]) -> str:
    """The database's address that a staying process has printed."""
    assert process.stdout is not None
    return process.stdout.readline().split()[0]


def test_a_command_finds_both_servers_and_its_exit_status_is_passed_on(checkout: Checkout) -> None:
    command = 'psql -Atc "select current_user" && redis-cli -u "$REDIS_URL" ping; exit 7'
    status, output, _ = checkout.finish("run", "bash", "-c", command)
    assert (status, output.split()) == (7, ["portal", "PONG"])


def test_who_comes_later_joins_and_the_last_to_go_stops_the_servers(checkout: Checkout) -> None:
    first = checkout.start(*STAY)
    url = where(first)
    _, second, _ = checkout.finish("run", "bash", "-c", URLS)
    assert second.split()[0] == url
    assert answers(url)
    first.communicate(timeout=20)
    assert eventually_silent(url)


def test_many_who_come_at_once_share_one_server(checkout: Checkout) -> None:
    crowd = [checkout.start(*STAY) for _ in range(4)]
    urls = {where(process) for process in crowd}
    for process in crowd:
        process.communicate(timeout=20)
    assert len(urls) == 1


def test_a_user_who_is_killed_leaves_no_server_behind(checkout: Checkout) -> None:
    user = checkout.start(*STAY)
    url = where(user)
    user.kill()
    user.communicate(timeout=20)
    assert eventually_silent(url)


def test_data_outlives_a_server_that_was_killed(checkout: Checkout) -> None:
    user = checkout.start(*STAY)
    url = where(user)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS figure")
        connection.execute("CHECKPOINT")
    os.kill(postmaster(checkout), signal.SIGKILL)
    user.communicate(timeout=20)
    assert eventually_silent(url)
    status, output, error = checkout.finish("run", "psql", "-Atc", "SELECT figure FROM kept")
    assert (status, output) == (0, "42"), error


def test_a_local_port_alone_opens_nothing(checkout: Checkout) -> None:
    """Everybody on the machine can reach the port; only the owner of the checkout knows the password."""
    user = checkout.start(*STAY)
    url = where(user)
    password = cast(str, psycopg.conninfo.conninfo_to_dict(url)["password"])
    assert not answers(url.replace(password, "guessed"))
    for folder in ("var", "var/services", "var/services/postgres", "var/services/redis"):
        assert (checkout.root / folder).stat().st_mode & 0o077 == 0, folder
    user.communicate(timeout=20)


def test_servers_that_are_given_are_used_and_none_is_started(checkout: Checkout) -> None:
    given = {"DATABASE_URL": "postgresql://office@db.invalid/portal", "REDIS_URL": "redis://cache.invalid/3"}
    status, output, _ = checkout.finish("run", "bash", "-c", f'{URLS}; echo "$PGHOST $PGUSER"', **given)
    assert status == 0
    assert output.split() == [*given.values(), "db.invalid", "office"]
    assert not Path(checkout.root, "var", "services").exists()


def postmaster(checkout: Checkout) -> int:
    (mark,) = (checkout.root / "var" / "services" / "postgres").glob("data-*/postmaster.pid")
    return int(mark.read_text().split("\n", 1)[0])
