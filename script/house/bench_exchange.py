"""``script/bench exchange``: how long a table of 5,000 schools takes, and one of their profiles, from file to database.

Both go the way of the page 从Excel导入: uploaded, looked at by a job, taken in by another, only without the broker.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any

from script.house.bench_reports import PLACES

SCHOOLS = 5_000
COUNTIES = 100


def bench_exchange() -> dict[str, Any]:
    """Seconds of dry run and import, and the import over one plain bulk insert of the same units and names.

    ``unchanged_seconds`` is the dry run of the same table once more, when every row stands already;
    ``changed_…`` a table in which every school has another name, short name, place in the list and county.
    """
    admin, editor = _people()
    counties = [county.name for county in _counties()]
    units = list(_units(counties))
    seconds, bare = _taken_in("units", units, admin), _timed(lambda: _insert_bare(units))
    profiles = _taken_in("school-profiles", list(_profiles(units)), editor)
    again = _timed(lambda: _checked("units", _workbook("units", units), admin))
    changed = _taken_in("units", list(_changed(units, counties)), admin)
    return {
        "schools": SCHOOLS,
        "dry_run_seconds": seconds[0],
        "import_seconds": seconds[1],
        "bare_insert_seconds": bare,
        "import_over_bare": round(seconds[1] / bare, 1),
        "profiles_dry_run_seconds": profiles[0],
        "profiles_import_seconds": profiles[1],
        "unchanged_seconds": again,
        "changed_dry_run_seconds": changed[0],
        "changed_import_seconds": changed[1],
    }


def _taken_in(noun: str, rows: Sequence[Sequence[object]], by: Any) -> tuple[float, float]:
    """Seconds of the dry run and of the import. Raises SystemExit where a row is not taken."""
    from portal.exchange.models import UploadedTable
    from portal.exchange.services.upload import take_in_table
    from portal.jobs.services import run

    data = _workbook(noun, rows)
    checking = _timed(lambda: _checked(noun, data, by))
    table = UploadedTable.objects.latest("pk")
    if not table.can_be_taken_in:
        raise SystemExit(f"{noun}: {table.refusal or table.outcomes[:3]}")
    ordered = take_in_table(table, digest=table.digest, by=by)
    taking = _timed(lambda: run(int(ordered.import_job_id or 0)))
    table.refresh_from_db()
    if table.imported_at is None:
        raise SystemExit(f"{noun}: {ordered.import_job}")
    return checking, taking


def _checked(noun: str, data: bytes, by: Any) -> None:
    from portal.exchange.services.upload import upload_table
    from portal.jobs.services import run

    table = upload_table(data, noun=noun, file_name="bench.xlsx", by=by)
    run(int(table.check_job_id or 0))


def _workbook(noun: str, rows: Sequence[Sequence[object]]) -> bytes:
    from portal.exchange.registry import NOUNS
    from portal.exchange.workbook import write

    return write(NOUNS[noun].label, NOUNS[noun].columns, rows)


def _people() -> tuple[Any, Any]:
    from portal.accounts.models import User
    from portal.accounts.queries.unit import the_office
    from portal.accounts.roles import Role
    from portal.accounts.services.post import give_post

    people = []
    for role in (Role.ADMIN, Role.EDITOR):
        user = User.objects.create_user(f"bench-{role}", name=str(role.label))
        give_post(user=user, unit=the_office(), role=role, by=None)
        people.append(User.objects.get(pk=user.pk))
    return people[0], people[1]


def _counties() -> list[Any]:
    from portal.accounts.models import Unit
    from portal.accounts.queries.unit import the_office, the_programme
    from portal.accounts.roles import UnitKind

    same = {"programme": the_programme()}
    city = Unit.objects.create(name="测算市", kind=UnitKind.PREFECTURE, parent=the_office(), **same)
    names = [f"{first}{second}县" for first, second in product(PLACES, PLACES[:5])]
    return Unit.objects.bulk_create(Unit(name=name, kind=UnitKind.COUNTY, parent=city, **same) for name in names)


def _units(counties: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Rows as an office fills them in: a kind, a name, a short name, an alias, a code, the county, its place."""
    for number in range(SCHOOLS):
        county, place = counties[number % len(counties)], number // len(counties) + 1
        name = f"第{place}小学"
        yield "学校（园）", f"{county}{name}", "", f"{county}{place}小", f"B{number:05}", county, place, "否", "是", ""


def _changed(units: Sequence[Sequence[object]], counties: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """The same schools by their codes, each renamed, moved and put elsewhere in the list."""
    for number, (kind, name, _, _, code, _, place, *_) in enumerate(units):
        yield kind, f"{name}（新）", f"{place}小新", "", code, counties[(number + 1) % len(counties)], number % 9_999


def _profiles(units: Sequence[Sequence[object]]) -> Iterator[tuple[object, ...]]:
    from pilots.models import SchoolStage

    stage = SchoolStage.objects.filter(is_active=True).values_list("name", flat=True)[0]
    for number, unit in enumerate(units):
        yield unit[1], "", stage, "镇区", "否", 300 + number % 900, 30, 60, ""


def _insert_bare(rows: Sequence[Sequence[object]]) -> None:
    """What the database alone needs for as many units with a name each: one bulk insert into either table."""
    from django.db import transaction

    from portal.accounts.models import Unit, UnitName
    from portal.accounts.queries.unit import the_office, the_programme
    from portal.accounts.roles import UnitKind

    with transaction.atomic():
        same = {"programme": the_programme(), "parent": the_office(), "kind": UnitKind.UNIVERSITY}
        made = Unit.objects.bulk_create(Unit(name=f"{row[1]}甲", **same) for row in rows)
        UnitName.objects.bulk_create(UnitName(unit=unit, name=unit.name, during=("1949-10-01", None)) for unit in made)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return round(time.perf_counter() - begun, 2)
