"""Names in a row, for sentences that cannot hold all of them."""

from __future__ import annotations

from collections.abc import Iterable


def named(names: Iterable[object], most: int, *, word: str = "个") -> str:
    """``甲、乙、丙``; of more than ``most`` the first, and how many there are: ``甲、乙等9个``, counted in ``word``."""
    told = [str(name) for name in names]
    shown = "、".join(told[:most])
    return f"{shown}等{len(told)}{word}" if len(told) > most else shown
