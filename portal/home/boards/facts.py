"""A board as plain data that is kept as JSON and read back the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from pilots.pace import plain, silent_word, state_label

T = TypeVar("T")
Number = int | float
#: What stands where a figure cannot be said: a ratio with nothing below its line, no target.
NOTHING = "—"


def number_of(figure: Decimal | int | None) -> Number | None:
    """A figure as it is kept: whole where it is whole, else with two places."""
    if figure is None:
        return None
    rounded = round(Decimal(figure), 2)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def shown(number: Number | None) -> str:
    """A figure as people write it, the same everywhere."""
    return NOTHING if number is None else plain(Decimal(str(number)))


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ``number`` None where it cannot be said; ``url`` opens its rows; ``meaning`` is its definition."""

    label: str
    number: Number | None
    unit: str = ""
    url: str = ""
    meaning: str = ""

    @property
    def text(self) -> str:
        return shown(self.number)


@dataclass(frozen=True, slots=True)
class Quota:
    """A target with how it stands: of ``things`` so many are ``reached``, ``watched`` and ``late``.

    ``state`` is a :class:`pilots.pace.PaceState`. ``words`` say it in a sentence, ``missing`` names who has done or
    reported nothing yet, which ``missing_word`` says.
    """

    label: str
    aim: str
    force: str
    period: str
    meaning: str
    url: str
    state: str
    words: str
    share: int
    things: int
    reached: int
    watched: int
    late: int
    missing: list[str] = field(default_factory=list)
    missing_word: str = silent_word(is_reported=False)
    at_most: bool = False

    @property
    def state_label(self) -> str:
        """As the target's own page says it; of several things, when all of them have reached it."""
        return state_label(self.state, is_reached=self.reached == self.things > 0, at_most=self.at_most)


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One of the five: its figures, the targets set for it, and how its running tasks stand."""

    name: str
    short_name: str
    figures: list[Figure]
    standings: list[Figure]
    quotas: list[Quota] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: a name and a figure for each column after the first."""

    name: str
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Table:
    """What a chart draws and the table beside it says. ``head`` names all columns, ``stacked`` how bars stand."""

    key: str
    title: str
    unit: str
    meaning: str
    head: list[str]
    rows: list[Row]
    stacked: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(figure.number for row in self.rows for figure in row.figures)


@dataclass(frozen=True, slots=True)
class LateLine:
    """One late thing by name."""

    text: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class LateGroup:
    """Late things of one sort: how many, the worst by name, and where all of them stand."""

    figure: Figure
    lines: list[LateLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on one page, as it stood on ``day`` (截至)."""

    subject: str
    name: str
    kind: str
    period: str
    period_label: str
    day: date
    headline: list[Figure]
    batches: list[BatchLine]
    quotas: list[Quota]
    months: Table
    adoption: Table | None
    late: list[LateGroup]

    @property
    def tables(self) -> list[Table]:
        """What is drawn."""
        return [self.months, *([self.adoption] if self.adoption else [])]

    @property
    def late_count(self) -> int:
        return sum(int(group.figure.number or 0) for group in self.late)

    @property
    def meanings(self) -> dict[str, str]:
        """What each figure and table means, by its name."""
        groups = (self.headline, *((*line.figures, *line.standings) for line in self.batches))
        figures = [figure for group in groups for figure in group] + [group.figure for group in self.late]
        found = {figure.label: figure.meaning for figure in figures}
        drawn = {table.title: table.meaning for table in self.tables}
        return {**found, **{quota.label: quota.meaning for quota in self.quotas if quota.meaning}, **drawn}

    def all_figures(self) -> Iterator[tuple[str, Figure]]:
        """Every figure with the section it stands in: what Excel and the API list."""
        for figure in self.headline:
            yield "总体情况", figure
        for line in self.batches:
            for figure in (*line.figures, *line.standings):
                yield line.name, figure
        for table in self.tables:
            for row in table.rows:
                for figure in row.figures:
                    yield f"{table.title}（{row.name}）", figure
        for group in self.late:
            yield "逾期和滞后", group.figure


@dataclass(frozen=True, slots=True)
class Tile:
    """A place on the map: its figure, its shade (0 none … 4 most), its page and what lies in it."""

    name: str
    figure: Figure
    shade: int
    page: str = ""
    inside: list[Tile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Legend:
    """What the shades of one sort of tile stand for."""

    label: str
    shades: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Map:
    """Tiles in the order of the map, an empty place None; figures of one sort, as they stood on ``day``."""

    label: str
    unit: str
    meaning: str
    day: date
    rows: list[list[Tile | None]]
    legends: list[Legend]

    @property
    def columns(self) -> int:
        return max((len(row) for row in self.rows), default=1)

    def leading_to(self, pages: Collection[str]) -> Map:
        """The same with links to no other than ``pages``."""
        rows = [
            [tile and replace(tile, page=tile.page if tile.page in pages else "") for tile in row] for row in self.rows
        ]
        return replace(self, rows=rows)

    @property
    def has_inside(self) -> bool:
        return any(tile.inside for tile in self.tiles)

    @property
    def tiles(self) -> list[Tile]:
        return [tile for row in self.rows for tile in row if tile]


def to_json(facts: Any) -> dict[str, Any]:
    """Plain data for the database; days as ``2024-11-18``."""
    return cast(dict[str, Any], _plain(asdict(facts)))


def from_json(kind: type[T], content: dict[str, Any]) -> T:
    """What :func:`to_json` made, as it was."""
    return cast(T, _read(kind, content))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def _hints(kind: Any) -> list[tuple[str, Any]]:
    """Fields with their types; working these out takes longer than reading a board."""
    hints = get_type_hints(kind)
    return [(one.name, hints[one.name]) for one in fields(kind)]


def _read(kind: Any, value: Any) -> Any:
    if value is None or kind in (str, int, float):
        return value
    if is_dataclass(kind):
        known = ((name, hint) for name, hint in _hints(cast(type, kind)) if name in value)  # kept before a field came
        return cast(Any, kind)(**{name: _read(hint, value[name]) for name, hint in known})
    if kind is date:
        return date.fromisoformat(value)
    if get_origin(kind) is list:
        return [_read(get_args(kind)[0], one) for one in value]
    if get_origin(kind) is tuple:
        return tuple(_read(part, one) for part, one in zip(get_args(kind), value, strict=True))
    inner = [part for part in get_args(kind) if is_dataclass(part)]
    return _read(inner[0], value) if inner else value
