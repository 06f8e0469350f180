"""What was repaired and what could not be placed, with the line it concerns."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class ReadingLog:
    """Collects notes and problems while a file is read. ``unit`` is ``line`` or, in Word, ``paragraph``."""

    unit: str
    _notes: list[tuple[int, str]] = field(default_factory=list)
    _problems: list[tuple[int, str]] = field(default_factory=list)

    def note(self, line: int, text: str) -> None:
        """Something was repaired at ``line``."""
        self._notes.append((line, text))

    def problem(self, line: int, text: str) -> None:
        """Something at ``line`` (0: it has none) could not be placed; ``text`` says where it was kept."""
        self._problems.append((line, text))

    def notes(self) -> tuple[str, ...]:
        """All notes in the order of the lines."""
        return self._told(self._notes)

    def problems(self) -> tuple[str, ...]:
        """All problems in the order of the lines."""
        return self._told(self._problems)

    def joined_note(self, lines: list[int], text: str) -> None:
        """One note for a repair that many lines needed."""
        if lines:
            many = "s" if len(lines) > 1 else ""
            self._notes.append((0, f"{self.unit}{many} {', '.join(map(str, lines))}: {text}"))

    def _told(self, items: list[tuple[int, str]]) -> tuple[str, ...]:
        ordered = sorted(items, key=lambda item: item[0])
        return tuple(f"{self.unit} {line}: {text}" if line else text for line, text in ordered)
