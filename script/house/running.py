"""Running commands inside the environment and passing on how they ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import FrameType

from script.house.environment import Environment, scratch

NOT_FOUND = 127
BY_SIGNAL = 128


def turn_into(command: list[str]) -> int:
    """Become ``command`` in the shared environment; its signals and its exit status are its own.

    Returns only when there is no such command.
    """
    environment = Environment()
    os.environ.update(environment.variables)
    try:
        os.execvpe(command[0], command, environment.variables)  # noqa: S606
    except OSError as problem:
        print(f"script/run: {command[0]}: {problem.strerror}", file=sys.stderr)
        environment.leave()
        return NOT_FOUND


def run_in_scratch(command: list[str]) -> int:
    """Run ``command`` in an environment of its own that is dropped afterwards; give its exit status."""
    with scratch() as environment:
        return wait_for(command, environment.variables)


def wait_for(command: list[str], variables: dict[str, str]) -> int:
    """Run ``command`` and give its exit status as a shell would.

    Ctrl-C reaches the command by the terminal; we only wait for what it makes of it. A request to
    end (SIGTERM, SIGHUP) is passed on, so that clearing up still happens.
    """
    os.environ["PATH"] = variables["PATH"]  # where Popen looks for the program
    process: subprocess.Popen[bytes] | None = None
    early: list[int] = []

    def pass_on(number: int, _: FrameType | None) -> None:
        if process is None:  # the command may already run, although we do not hold it yet
            early.append(number)
        else:
            process.send_signal(number)

    previous = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        process = subprocess.Popen(command, env=variables)
        for number in early:
            process.send_signal(number)
        previous[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)  # not before: it would be inherited
        status = process.wait()
    except OSError as problem:
        print(f"script/run: {command[0]}: {problem.strerror}", file=sys.stderr)
        return NOT_FOUND
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    return BY_SIGNAL - status if status < 0 else status
