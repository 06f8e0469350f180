"""What apps register for pages that lie below or above them: the navigation, and the sections of a unit's page.

The ground never reverses an app's address itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.accounts.models import Unit, User


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


#: What a section shows to a person about a unit; None where it has nothing to do with this unit or person.
SectionData = Callable[[User, Unit], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class UnitSection:
    """One part of the page on which a unit's whole share in the programme stands (``add_unit_section``)."""

    label: str
    order: int
    template: str
    data: SectionData


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section as one person sees it: ``data`` is what its template reads."""

    label: str
    template: str
    data: Mapping[str, Any]


_sections: list[UnitSection] = []


def add_unit_section(label: str, *, order: int, template: str, data: SectionData) -> None:
    """Register a section of the unit page; called from an app's ``ready``.

    ``template`` is given ``section`` (this label and data) and ``unit``. ``data(user, unit)`` starts from the
    app's own ``…_for(user)``, costs a constant number of queries, and cuts long lists to the latest few.
    """
    _sections.append(UnitSection(label, order, template, data))


def unit_sections(user: User, unit: Unit) -> list[ShownSection]:
    """The sections that concern ``unit`` and that ``user`` may read, in their order."""
    sections = sorted(_sections, key=lambda section: section.order)
    shown = ((section, section.data(user, unit)) for section in sections)
    return [ShownSection(section.label, section.template, data) for section, data in shown if data is not None]


#: A section whose lines each open one thing needs no template of its own; its data is {"lines": [SectionLine, …]}.
SECTION_LINES = "accounts/unit_lines.html"


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One thing that a unit takes part in: its name, its page, when or with whom, and how it stands in a word."""

    title: str
    url: str
    note: str = ""
    state: str = ""


def section_lines(lines: Iterable[SectionLine]) -> Mapping[str, Any] | None:
    """The data of a section with :data:`SECTION_LINES`; no line, no section."""
    found = list(lines)
    return {"lines": found} if found else None


@dataclass(frozen=True, slots=True)
class Action:
    """A button that an app above puts on a page of an app below; it posts the ids of what is shown as ``pk``."""

    label: str
    url_name: str
    icon: str
    visible: Callable[[User, Any], bool]


_actions: dict[str, list[Action]] = {}


def add_action(place: str, label: str, url_name: str, *, icon: str, visible: Callable[[User, Any], bool]) -> None:
    """Register a button for the pages of ``place`` (``activity``); called from an app's ``ready``.

    ``visible(user, obj)`` says whether it is there; ``obj`` is None on a list, where rows are ticked.
    """
    _actions.setdefault(place, []).append(Action(label, url_name, icon, visible))


def actions_for(place: str, user: User, obj: object | None = None) -> list[Action]:
    """The buttons of ``place`` that ``user`` may press, in order of registration."""
    return [action for action in _actions.get(place, ()) if action.visible(user, obj)]
