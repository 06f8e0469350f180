"""Entries of the navigation that apps register; the ground never reverses an app's address itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One line of the left navigation: shown where ``visible(user)``, at ``order``, drawn with ``icon``."""

    label: str
    url_name: str
    icon: str
    order: int
    visible: Callable[[User], bool]


_entries: list[NavigationEntry] = []


def add_navigation(label: str, url_name: str, *, icon: str, order: int, visible: Callable[[User], bool]) -> None:
    """Register an entry; called from an app's ``ready``."""
    _entries.append(NavigationEntry(label, url_name, icon, order, visible))


def navigation_for(user: User) -> list[NavigationEntry]:
    """What ``user`` can open, in the office's order (DOMAIN.md, labels on the screen)."""
    return sorted((entry for entry in _entries if entry.visible(user)), key=lambda entry: entry.order)
