"""``script/test``: lint, types, imports, migrations and the whole test suite on real services."""

from __future__ import annotations

import os
import sys
import time

from script.house.environment import Environment, scratch
from script.house.paths import ROOT
from script.house.running import wait_for

CHECKS = {
    "lint": ["ruff", "check"],
    "format": ["ruff", "format", "--check"],
    "types": ["mypy", "."],
    "imports": ["lint-imports"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "compose file": ["script/check-compose"],
}
PYTEST = ["python", "-m", "pytest"]
#: The whole suite runs in one process per core; a file stays in one process, so that its story is told in order.
ALL_TESTS = [*PYTEST, "--numprocesses", "auto", "--dist", "loadfile"]


def main(arguments: list[str]) -> int:
    """All checks and all tests; with arguments only pytest with these. Gives the exit status.

    Every check is run, so that one look shows everything that is wrong.
    """
    os.chdir(ROOT)
    with scratch(migrated=False) as environment:
        environment.variables["PORTAL_ENV"] = "test"
        if arguments:
            return wait_for([*PYTEST, *arguments], environment.variables)
        failed = [name for name, command in CHECKS.items() if _step(name, command, environment)]
        if _step("tests", ALL_TESTS, environment):
            failed.append("tests")
    print(f"failed: {', '.join(failed)}" if failed else "all passed", flush=True)
    return 1 if failed else 0


def _step(name: str, command: list[str], environment: Environment) -> int:
    print(f"── {name}: {' '.join(command)}", flush=True)
    begun = time.monotonic()
    status = wait_for(command, environment.variables)
    print(f"   {name} {'failed' if status else 'passed'} in {time.monotonic() - begun:.1f} s", flush=True)
    sys.stdout.flush()
    return status
