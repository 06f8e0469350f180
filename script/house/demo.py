"""``script/demo``: the whole portal with sample data on this machine."""

from __future__ import annotations


def main(arguments: list[str]) -> int:
    raise RuntimeError("not yet")
