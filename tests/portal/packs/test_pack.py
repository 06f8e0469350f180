"""One pack from the click to the file: asked for once, made once, whatever happens to the worker or the disk."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections import namedtuple
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from pilots.models import Activity
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.files.services import attach_file
from portal.jobs.models import Job, JobState
from portal.jobs.services import GIVEN_UP, LeaseLost, claim, run
from portal.packs.models import Pack
from portal.packs.queries import packs_for
from portal.packs.services.keeping import forget_old_packs
from portal.packs.services.making import NO_SPACE, make_pack
from portal.packs.services.ordering import order_pack
from portal.periods import Period, month_of, year_of
from portal.refusals import Refused
from tests.factories import make_officer, make_unit, make_user
from tests.factories.activity import make_recorded, make_target
from tests.factories.task import county_school, worker
from tests.portal.files.samples import pdf, upload

pytestmark = pytest.mark.django_db


def this_year() -> Period:
    return year_of(timezone.localdate())


def made(pack: Pack) -> Pack:
    assert pack.job is not None
    run(pack.job.pk)
    return Pack.objects.select_related("job").get(pk=pack.pk)


def job_of(pack: Pack) -> Job:
    assert pack.job is not None
    return pack.job


def opened(pack: Pack) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(default_storage.open(pack.file).read()))
    assert archive.testzip() is None
    return archive


def text_of(pack: Pack, name: str) -> str:
    document = Document(io.BytesIO(opened(pack).read(name)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def held(school: Unit, **facts: Any) -> Activity:
    """An activity of this year with a file."""
    activity = make_recorded(school, day=timezone.localdate(), **facts)
    attach_file(owner=activity, upload=upload(pdf(), "签到表.pdf"), by=worker(school))
    return activity


@pytest.fixture
def area() -> tuple[Unit, Unit, User]:
    county, school = county_school()
    return county, school, worker(county)


class TestWhatIsInIt:
    def test_ledgers_stand_in_order_with_the_files_of_each_activity_beside_them(
        self, area: tuple[Unit, Unit, User]
    ) -> None:
        county, school, user = area
        held(school, about="同课异构")
        names = opened(made(order_pack(unit=county, period=this_year(), by=user))).namelist()
        day = timezone.localdate().isoformat()
        ledgers = ("活动", "任务", "成果", "数据", "共同体与交流", "信息采用", "需求与工作清单", "会议")
        assert set(names) == {
            "00 目录.docx",
            "01 报告框架.docx",
            *(f"02 台账/{place:02} {name}台账.xlsx" for place, name in enumerate(ledgers, 1)),
            f"06 活动材料/001 {day} {school.name} 同课异构/签到表.pdf",
        }

    def test_a_ledger_says_whose_it_is_and_until_when_and_is_signed_by_hand(
        self, area: tuple[Unit, Unit, User]
    ) -> None:
        county, school, user = area
        held(school, about="同课异构")
        pack = made(order_pack(unit=county, period=this_year(), by=user))
        book = load_workbook(io.BytesIO(opened(pack).read("02 台账/01 活动台账.xlsx")))
        lines = [[cell for cell in row if cell is not None] for row in book["活动台账"].iter_rows(values_only=True)]
        assert lines[0] == [f"{county.name}{this_year().label}活动台账"]
        assert lines[1][0] == f"单位：{county.name}"
        assert str(lines[1][1]).startswith("截至：")
        assert lines[2][:2] == ["序号", "登记单位"]
        assert lines[3][:2] == [1, school.name]
        assert str(lines[-1][0]).startswith("填表人：")

    def test_the_contents_name_who_lacks_what(self, area: tuple[Unit, Unit, User]) -> None:
        county, school, user = area
        idle = make_unit(UnitKind.SCHOOL, parent=county, name="尚无活动小学")
        make_target(county, 8)
        held(school)
        said = text_of(made(order_pack(unit=county, period=this_year(), by=user)), "00 目录.docx")
        assert f"本年度没有活动记录的学校：{idle.name}。" in said
        assert "未达到的有" in said
        assert "1项" in said

    def test_the_frame_has_the_figures_with_their_day_and_meaning_and_leaves_words_to_people(
        self, area: tuple[Unit, Unit, User]
    ) -> None:
        county, school, user = area
        held(school)
        said = text_of(made(order_pack(unit=county, period=this_year(), by=user)), "01 报告框架.docx")
        assert "一、总体情况" in said
        assert "（一）打造一批优质学校" in said
        assert "活动1项" in said
        assert "截至" in said
        assert "数字的含义" in said
        assert "【请填写：" in said

    def test_a_year_without_anything_makes_ledgers_that_say_so(self, area: tuple[Unit, Unit, User]) -> None:
        county, _, user = area
        pack = made(order_pack(unit=county, period=year_of(timezone.localdate() - timedelta(days=800)), by=user))
        book = load_workbook(io.BytesIO(opened(pack).read("02 台账/03 成果台账.xlsx")))
        assert "本期没有记录" in [cell for row in book["成果台账"].iter_rows(values_only=True) for cell in row]

    def test_it_holds_what_its_asker_may_see_and_nothing_of_others(self, area: tuple[Unit, Unit, User]) -> None:
        county, school, _ = area
        held(school, about="本校活动")
        other = make_unit(UnitKind.SCHOOL, parent=county)
        held(other, about="别校活动")
        teacher = worker(school)
        pack = made(order_pack(unit=school, period=this_year(), by=teacher))
        assert not [name for name in opened(pack).namelist() if "别校活动" in name]
        assert [name for name in opened(pack).namelist() if "本校活动" in name]
        for stranger in (worker(other), make_officer()):
            with pytest.raises(PermissionDenied):
                order_pack(unit=school, period=this_year(), by=stranger)
            assert pack not in packs_for(stranger)


class TestOnce:
    def test_clicked_twice_it_is_one_pack(self, area: tuple[Unit, Unit, User]) -> None:
        county, _, user = area
        first, second = (order_pack(unit=county, period=this_year(), by=user) for _ in range(2))
        assert first == second
        assert Job.objects.filter(kind="year-end-pack").count() == 1

    def test_a_colleague_waits_until_it_is_made(self, area: tuple[Unit, Unit, User]) -> None:
        county, _, user = area
        going, colleague = order_pack(unit=county, period=this_year(), by=user), worker(county)
        with pytest.raises(Refused, match=f"{user}正在制作"):
            order_pack(unit=county, period=this_year(), by=colleague)
        made(going)
        assert order_pack(unit=county, period=this_year(), by=colleague) != going

    def test_a_month_is_no_year(self, area: tuple[Unit, Unit, User]) -> None:
        county, _, user = area
        with pytest.raises(Refused, match="年份或学年"):
            order_pack(unit=county, period=month_of(timezone.localdate()), by=user)

    def test_after_a_killed_worker_it_is_made_again_and_nothing_is_doubled(self, area: tuple[Unit, Unit, User]) -> None:
        county, _, user = area
        pack = order_pack(unit=county, period=this_year(), by=user)
        killed = claim(job_of(pack).pk)
        assert killed is not None
        left = Path(default_storage.path(f"packs/{pack.pk}-{killed.attempts}.zip"))
        left.parent.mkdir(parents=True)
        left.write_bytes(b"half a file")
        Job.objects.filter(pk=killed.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        pack = made(pack)
        assert [path.name for path in left.parent.iterdir()] == [Path(pack.file).name]
        assert pack.files == 10

    def test_a_worker_that_comes_too_late_stores_nothing(self, area: tuple[Unit, Unit, User]) -> None:
        county, _, user = area
        pack = order_pack(unit=county, period=this_year(), by=user)
        late = claim(job_of(pack).pk)
        assert late is not None
        Job.objects.filter(pk=late.pk).update(attempts=2)
        with pytest.raises(LeaseLost):
            make_pack(late)
        assert not Pack.objects.get().file
        assert not list(Path(default_storage.path("packs")).iterdir())

    def test_what_failed_is_tried_again_by_another_click(self, area: tuple[Unit, Unit, User]) -> None:
        county, _, user = area
        pack = order_pack(unit=county, period=this_year(), by=user)
        Job.objects.filter(pk=job_of(pack).pk).update(state=JobState.FAILED, error=GIVEN_UP)
        again = order_pack(unit=county, period=this_year(), by=user)
        assert again == pack
        assert made(again).file


class TestTrouble:
    def test_a_file_lost_on_disk_is_named_and_the_pack_is_made(self, area: tuple[Unit, Unit, User]) -> None:
        county, school, user = area
        held(school, about="同课异构")
        shutil.rmtree(default_storage.path("attachments"))
        pack = made(order_pack(unit=county, period=this_year(), by=user))
        assert pack.lost == 1
        said = text_of(pack, "00 目录.docx")
        assert "服务器上没有找到的文件" in said
        assert "同课异构/签到表.pdf" in said

    def test_a_full_disk_is_said_in_a_sentence(
        self, area: tuple[Unit, Unit, User], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        county, _, user = area
        usage = namedtuple("usage", "total used free")
        monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 10, 0))
        pack = made(order_pack(unit=county, period=this_year(), by=user))
        assert job_of(pack).error == NO_SPACE
        assert not pack.file
        assert not list(Path(default_storage.path("packs")).iterdir())

    def test_packs_are_deleted_after_their_time(self, area: tuple[Unit, Unit, User]) -> None:
        county, _, user = area
        old, new = (made(order_pack(unit=county, period=this_year(), by=user)) for _ in range(2))
        Pack.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=31))
        assert forget_old_packs() == 1
        assert not default_storage.exists(old.file)
        assert list(packs_for(user)) == [new]

    def test_who_lost_his_post_meanwhile_gets_nothing(self, area: tuple[Unit, Unit, User]) -> None:
        county, _, user = area
        pack = order_pack(unit=county, period=this_year(), by=user)
        user.posts.all().delete()
        pack = made(pack)
        assert "不能查看" in job_of(pack).error
        assert not packs_for(User.objects.get(pk=user.pk)).exists()


def test_leaders_and_the_office_pack_any_unit(area: tuple[Unit, Unit, User]) -> None:
    county, school, _ = area
    held(school)
    for user in (make_user(Role.LEADER), make_user(Role.EDITOR)):
        assert made(order_pack(unit=county, period=this_year(), by=user)).files == 11
