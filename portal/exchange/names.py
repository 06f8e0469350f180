"""Finding a unit by what people call it, without a query per row."""

from __future__ import annotations

from collections import defaultdict

from django.core.exceptions import ValidationError

from portal.accounts.models import Unit
from portal.accounts.queries.unit import former_names, the_programme
from portal.text.named import named
from portal.text.pinyin import spellings


class Names:
    """All units by name (also with the unit above before it), short name, alias, code and pinyin, and by what they
    were once called; kept in step while rows are taken. Three queries."""

    def __init__(self) -> None:
        self.units: dict[int, Unit] = {}
        self.aliases: dict[int, set[str]] = {}
        self._called: dict[str, set[int]] = defaultdict(set)
        self._spelt: dict[str, set[int]] | None = None
        self._once_called: dict[str, set[int]] = defaultdict(set)
        rows = Unit.objects.filter(programme=the_programme()).select_related("parent")
        for unit in rows.prefetch_related("aliases", "names"):
            for text in former_names(unit):
                self._once_called[text].add(unit.pk)
            self.put(unit, {alias.alias for alias in unit.aliases.all()})

    def put(self, unit: Unit, aliases: set[str]) -> None:
        """Enter ``unit``, or what has become of it."""
        self.units[unit.pk] = unit
        self.aliases[unit.pk] = aliases
        for text in {unit.name, unit.short_name, unit.code, _long(unit), *aliases} - {""}:
            self._called[text].add(unit.pk)
        if self._spelt is not None:
            self._spell(unit, self._spelt)

    def word(self, unit: Unit) -> str:
        """What stands for ``unit`` in a cell: its name; where others bear it too, with the unit above before it."""
        same = sum(self.units[pk].name == unit.name for pk in self._called.get(unit.name, ()))
        return unit.name if same < 2 else _long(unit)

    def find(self, text: str, title: str) -> Unit | None:
        """The one unit called ``text``; None where nothing stands. Raises ValidationError under ``title``."""
        if not text:
            return None
        found = [self.units[pk] for pk in sorted(self._bearers(text))]
        # A full name or a code says more than a short name or an alias that others may share.
        exact = [unit for unit in found if text in (unit.name, unit.code, _long(unit))] or found
        in_use = [unit for unit in exact if unit.is_active] or exact
        if not in_use:
            raise ValidationError({title: f"没有叫“{text}”的单位。请核对名称，或先登记该单位。"})
        if len(in_use) > 1:
            names = named((f"{_long(unit)}（{unit.get_kind_display()}）" for unit in in_use), 4)
            raise ValidationError({title: f"“{text}”对应多个单位：{names}。请改填其中一个的全称或编码。"})
        return in_use[0]

    def _bearers(self, text: str) -> set[int]:
        """Whoever is called so today; of what nobody in use is called today, whoever once was."""
        today = self._called.get(text, set())
        if any(self.units[pk].is_active for pk in today):
            return today
        once = {pk for pk in self._once_called.get(text, ()) if self.units[pk].is_active}
        return once or today or self._by_pinyin(text)

    def with_code(self, code: str) -> Unit | None:
        return next((unit for pk in self._called.get(code, ()) if (unit := self.units[pk]).code == code), None)

    def above(self, unit: Unit) -> Unit | None:
        return self.units[unit.parent_id] if unit.parent_id else None

    def named(self, name: str, kind: str) -> list[Unit]:
        """Units of ``kind`` whose full name is ``name``, in use or not."""
        return [
            unit
            for pk in sorted(self._called.get(name, ()))
            if (unit := self.units[pk]).name == name and unit.kind == kind
        ]

    def _by_pinyin(self, text: str) -> set[int]:
        """Units spelt so on a keyboard, in full or by initials; spelt out only when somebody asks."""
        if not (text.isascii() and text.isalnum()):
            return set()
        if self._spelt is None:
            self._spelt = defaultdict(set)
            for unit in self.units.values():
                self._spell(unit, self._spelt)
        return self._spelt.get(text.lower(), set())

    def _spell(self, unit: Unit, spelt: dict[str, set[int]]) -> None:
        for name in {unit.name, unit.short_name} - {""}:
            for spelling in spellings(name):
                spelt[spelling].add(unit.pk)


def _long(unit: Unit) -> str:
    """A name that two schools of one county cannot share: ``青山县实验小学``."""
    return f"{unit.parent.name}{unit.name}" if unit.parent else unit.name
