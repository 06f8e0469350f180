"""Tables and workers at odds with one another: two at once, one that dies, one that is taken for dead."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.utils import timezone

from pilots.models import Activity, Community, Output, PilotSchool, SchoolProfile, Task
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office, the_programme
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.unit import register_unit
from portal.exchange.models import UploadedTable
from portal.exchange.registry import NOUNS
from portal.exchange.services import taking
from portal.exchange.services.upload import take_in_table, upload_table
from portal.jobs.models import Job, JobState
from portal.jobs.progress import job_progress
from portal.jobs.reporting import reporting
from portal.jobs.services import LeaseLost, claim, run
from tests.factories import make_unit, make_user
from tests.factories.task import make_output
from tests.live import OwnDatabase
from tests.portal.exchange.tables import table

pytestmark = pytest.mark.usefixtures("own_database")
CITY = ("设区市", "九江市", "九江", "", "", "省协同提质办")
FIRST_DAY = "2024-11-05"


def checked(noun: str, by: User, *rows: Any) -> UploadedTable:
    """A table that was uploaded and looked at, every row of it right."""
    uploaded = upload_table(table(noun, *rows), noun=noun, file_name="表.xlsx", by=by)
    assert uploaded.check_job_id is not None
    run(uploaded.check_job_id)
    uploaded.refresh_from_db()
    assert uploaded.can_be_taken_in, uploaded.outcomes
    return uploaded


def ordered(uploaded: UploadedTable) -> Job:
    job = take_in_table(uploaded, digest=uploaded.digest, by=uploaded.by).import_job
    assert job is not None
    return job


def at_once(*works: Callable[[], object]) -> None:
    """Each in a thread of its own, beginning together; what one raises is raised here."""
    barrier = Barrier(len(works))

    def begin(work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(begin, work) for work in works]:
            done.result()


def school_of(county: Unit) -> Unit:
    return make_unit(UnitKind.SCHOOL, "松湖实验小学", county)


def rows_of(noun: str) -> tuple[type[Any], tuple[object, ...]]:
    """What a row of ``noun`` makes, and the row; its county is 松湖县."""
    county = make_unit(UnitKind.COUNTY, "松湖县")
    school, other = school_of(county), make_unit(UnitKind.SCHOOL, "松湖东小学", county)
    batch = NOUNS["tasks"].columns[0].choices[0]
    if noun == "outputs":
        make_output(school)
        like = next(iter(NOUNS[noun].export(make_user(Role.EDITOR))))
        columns = NOUNS[noun].columns
        row = ["另一门课" if one.title == "名称" else cell for one, cell in zip(columns, like, strict=True)]
        return Output, tuple(row)
    return {
        "school-profiles": (SchoolProfile, (school.name, "", "小学", "镇区", "否", 900, 20, 50, "")),
        "pilot-schools": (PilotSchool, (school.name, "2023-11-01", "", "文件一号")),
        "communities": (Community, (county.name, "第一共同体", "城乡共同体", school.name, other.name, "2024-09-01")),
        "activities": (Activity, (county.name, "联合教研", FIRST_DAY, "", "数学同课异构")),
        "tasks": (Task, (batch, "打磨十节好课", county.name, "2024-09-01", "2025-06-30")),
    }[noun]


@pytest.mark.parametrize("noun", ["school-profiles", "pilot-schools", "communities", "activities", "tasks", "outputs"])
def test_two_people_who_take_in_the_same_rows_at_once_make_one_of_each(noun: str) -> None:
    kind, row = rows_of(noun)
    before = kind.objects.count()
    county = Unit.objects.get(name="松湖县")
    people = [make_user(Role.STAFF, county) if noun == "activities" else make_user(Role.EDITOR) for _ in range(2)]
    tables = [checked(noun, person, row) for person in people]
    jobs = [ordered(one) for one in tables]
    at_once(*(lambda job=job: run(job.pk) for job in jobs))
    assert kind.objects.count() == before + 1
    for one in tables:
        one.refresh_from_db()
    assert sorted(one.imported_at is None for one in tables) == [False, True]
    (late,) = [one for one in tables if one.imported_at is None]
    assert (late.tries, late.counts["new"]) == (1, 0)


def test_two_tables_of_units_at_once_register_a_unit_once() -> None:
    tables = [checked("units", make_user(Role.ADMIN), CITY) for _ in range(2)]
    jobs = [ordered(one) for one in tables]
    at_once(*(lambda job=job: run(job.pk) for job in jobs))
    assert Unit.objects.filter(name="九江市").count() == 1


def test_a_unit_registered_on_the_page_while_a_table_brings_it_is_registered_once() -> None:
    job = ordered(checked("units", make_user(Role.ADMIN), CITY))

    def on_the_page() -> None:
        fields = {"kind": UnitKind.PREFECTURE, "name": "九江市", "parent": the_office(), "by": None}
        with suppress(ValidationError):  # the table was there first
            register_unit(programme=the_programme(), **fields)  # type: ignore[arg-type]

    at_once(lambda: run(job.pk), on_the_page)
    assert Unit.objects.filter(name="九江市").count() == 1


def test_a_worker_that_dies_in_the_middle_leaves_nothing_and_the_next_takes_all_in_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    uploaded = checked("units", make_user(Role.ADMIN), CITY, ("县（市、区）", "瑞昌市", "", "", "", "九江市"))
    job = ordered(uploaded)
    with monkeypatch.context() as broken:

        def dies(*_: object) -> None:
            raise KeyboardInterrupt  # what no handler of errors sees, as the end of a process

        broken.setattr(taking, "_keep", dies)
        with pytest.raises(KeyboardInterrupt):
            run(job.pk)
    job.refresh_from_db()
    assert (job.state, Unit.objects.filter(name="九江市").count()) == (JobState.RUNNING, 0)
    run(job.pk)
    assert not Unit.objects.filter(name="九江市").exists(), "its lease has not run out"
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    for _ in range(2):
        run(job.pk)
    uploaded.refresh_from_db()
    assert uploaded.imported_at is not None
    assert list(Unit.objects.filter(name__in=["九江市", "瑞昌市"]).values_list("name", flat=True)) == [
        "九江市",
        "瑞昌市",
    ]


def test_a_worker_that_was_taken_for_dead_takes_nothing_in() -> None:
    job = ordered(checked("units", make_user(Role.ADMIN), CITY))
    slow = claim(job.pk)
    assert slow is not None
    Job.objects.filter(pk=job.pk).update(attempts=slow.attempts + 1)  # another worker holds it now
    with pytest.raises(LeaseLost):
        taking.run_import(slow)
    assert not Unit.objects.filter(name="九江市").exists()


def test_progress_is_seen_while_the_transaction_is_open_and_holds_the_lease_on(own_database: OwnDatabase) -> None:
    job = claim(ordered(checked("units", make_user(Role.ADMIN), CITY)).pk)
    assert job is not None
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() + timedelta(seconds=1))
    seen: list[Any] = []
    told, looked = Event(), Event()

    def reader() -> None:
        assert told.wait(20)
        seen.append(job_progress(Job.objects.get(pk=job.pk)))
        seen.append(Job.objects.get(pk=job.pk).lease_until)
        looked.set()

    def worker() -> None:
        connection.set_autocommit(False)
        with reporting(job) as report:
            Unit.objects.update(is_active=True)
            report(40, "已核对2000行，共5000行")
            told.set()
            assert looked.wait(20)
        connection.rollback()
        connection.set_autocommit(True)

    at_once(reader, worker)
    assert (seen[0].percent, seen[0].step) == (40, "已核对2000行，共5000行")
    assert seen[1] > timezone.now() + timedelta(seconds=10)


def test_five_hundred_schools_are_written_in_as_many_statements_as_fifty(django_assert_max_num_queries: Any) -> None:
    county, admin = make_unit(UnitKind.COUNTY, "松湖县"), make_user(Role.ADMIN)

    def statements(first: int, many: int) -> int:
        rows = [("学校（园）", f"松湖{n}小", "", f"{n}小", f"S{n}", county.name) for n in range(first, first + many)]
        job = ordered(checked("units", admin, *rows))
        with django_assert_max_num_queries(80) as found:
            run(job.pk)
        return len(found.captured_queries)

    statements(0, 1)  # once uncounted: what is looked up once in a process
    assert statements(500, 500) - statements(100, 50) <= 5, "keys come by twos, fours, eights"
    assert Unit.objects.filter(parent=county).count() == 551
