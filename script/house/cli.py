"""The words behind ``script/run``, ``script/demo`` and ``script/test``."""

from __future__ import annotations

import subprocess
import sys

from script.house import demo, keeper, running, testing
from script.house.paths import MissingProgramError

RUN_USAGE = "usage: script/run [--scratch] COMMAND [ARGUMENT …]"


def main(arguments: list[str]) -> int:
    """Do what the first word says; give the exit status. Failures of the house are one clear text."""
    try:
        return _do(arguments[0], arguments[1:])
    except (MissingProgramError, RuntimeError) as problem:
        print(problem, file=sys.stderr)
    except subprocess.CalledProcessError as problem:
        print(f"stopped: this command failed: {' '.join(map(str, problem.cmd))}", file=sys.stderr)
    return 1


def _do(word: str, rest: list[str]) -> int:
    match word:
        case "run":
            return _run(rest)
        case "demo":
            return demo.main(rest)
        case "test":
            return testing.main(rest)
        case "keep":
            return keeper.keep(rest[0], int(rest[1]))
        case _:
            raise RuntimeError(f"unknown word: {word}")


def _run(rest: list[str]) -> int:
    in_scratch = rest[:1] == ["--scratch"]
    command = rest[1:] if in_scratch else rest
    if not command or command[0].startswith("--"):
        print(RUN_USAGE, file=sys.stderr)
        return 2
    return running.run_in_scratch(command) if in_scratch else running.turn_into(command)
