"""The sample programme is whole, tells facts of the sources, and stays out of production."""

from __future__ import annotations

import stat
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from alliances.models import Partnership
from bulletins.models import Issue, Submission
from bulletins.queries.checking import examine_issue
from bulletins.queries.submission import unplaced_submissions
from bulletins.states import IssueState, SubmissionState
from pilots.models import Activity, ExpertTeam
from pilots.states import ActivityState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import unit_by_name
from portal.accounts.roles import UnitKind
from tests.factories import make_user

pytestmark = pytest.mark.django_db


#: Whom S0 and S1 name among the alliance's universities, the prefectures' counties, schools and partners, as S1 writes.
NAMED = (
    *("江西师范大学", "井冈山大学", "豫章师范学院", "江西科技师范大学", "宜春学院", "九江学院", "南昌师范学院"),
    *("上饶师范学院", "横峰县", "万年县", "青原区", "红谷滩区", "安义县", "靖安县", "上高县", "湖口县", "瑞昌市"),
    *("南城县", "吉安县", "湘东区", "南昌市高新区", "安义县幼儿园", "云溪幼儿园", "云溪学校", "红谷滩区第二小学"),
    *("红谷滩区红岭学校", "靖安中学", "靖安三中", "靖安一小", "清华幼儿园", "上高中学", "瑞昌二中"),
    *(
        "青原区幼儿园教育集团",
        "井冈山大学附属中学",
        "江西基础教育研究中心",
        "省教育技术与装备发展中心",
        "科大讯飞有限公司",
    ),
)
SEEDS = Path(__file__).parents[4] / "../shared/seeds"


def check_named() -> None:
    for name in NAMED:
        assert unit_by_name(name) is not None, name
    if SEEDS.is_dir():
        told = "".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("00[01]_*.txt")))
        told = "".join(told.split())
        assert [name for name in NAMED if name not in told] == []


def check_units() -> None:
    check_named()
    assert Unit.objects.filter(kind=UnitKind.PREFECTURE).count() == 11
    assert Partnership.objects.count() == 14
    across = Partnership.objects.get(university__name="重庆两江新区教育局")
    agreement = across.agreements.get()
    renamed = agreement.parties.filter(unit=across.county).values_list("as_signed", "unit__name")
    assert list(renamed) == [("四川天府新区成都管委会社区治理和社事局", "四川天府新区教育和卫生健康局")]
    assert across.meetings.exists()
    assert ExpertTeam.objects.get().visits.count() == 1
    for name in ("重庆两江新区教育局", "四川天府新区教育和卫生健康局"):
        assert Unit.objects.get(name=name).is_outside
    assert Unit.objects.get(name="瑞昌市").kind == UnitKind.COUNTY


def check_reports() -> None:
    assert Submission.objects.count() >= 30
    assert set(Submission.objects.values_list("state", flat=True)) == set(SubmissionState.values)
    lessons = Activity.objects.get(unit__name="上高县", sessions=17)
    assert lessons.state == ActivityState.RECORDED
    assert (lessons.start, lessons.end) == (date(2024, 10, 21), date(2024, 11, 8))


def check_issues() -> None:
    assert {issue.label for issue in Issue.objects.exclude(number=None)} == {"第17期", "第18期", "第19期"}
    assert Issue.objects.filter(state=IssueState.PUBLISHED).count() == 2
    making = Issue.objects.get(number=None)
    assert making.state == IssueState.EDITING
    assert making.entries.count() >= 5
    assert not unplaced_submissions(making).exists()
    findings = [one for entry in examine_issue(making).values() for one in entry.findings]
    assert not [one.why for one in findings if one.rule == "days"]


def check_accounts(path: Path) -> None:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[2:]]
    assert len({password for _, password, _ in rows}) == len(rows) == User.objects.count()
    passwords = {name: password for name, password, _ in rows}
    assert User.objects.get(username="bianji").check_password(passwords["bianji"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_sample_programme_is_whole_and_loading_it_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "accounts.txt"
    for _ in range(2):
        call_command("load_sample", accounts=path, stdout=StringIO())
        check_units()
        check_reports()
        check_issues()
        check_accounts(path)


def test_production_refuses_the_sample(settings: Settings, tmp_path: Path) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="正式系统中不能载入"):
        call_command("load_sample", accounts=tmp_path / "accounts.txt")
    assert not User.objects.exists()


def test_a_portal_in_use_refuses_the_sample(tmp_path: Path) -> None:
    make_user()
    with pytest.raises(CommandError, match="只能载入空的系统"):
        call_command("load_sample", accounts=tmp_path / "accounts.txt")
