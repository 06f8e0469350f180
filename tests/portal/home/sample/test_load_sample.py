"""The sample programme is whole, tells facts of the sources, and stays out of production."""

from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from alliances.models import Partnership
from bulletins.models import Issue, Submission
from bulletins.queries.submission import unplaced_submissions
from bulletins.states import IssueState, SubmissionState
from pilots.models import Activity
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import unit_by_name
from portal.accounts.roles import UnitKind
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.txt"
    call_command("load_sample", accounts=path, stdout=StringIO())
    return path


def test_the_sample_has_every_prefecture_every_named_unit_and_every_pair(accounts: Path) -> None:
    assert Unit.objects.filter(kind=UnitKind.PREFECTURE).count() == 11
    assert Partnership.objects.count() == 13
    for name in ("南昌市高新区", "瑞昌市", "井冈山大学附属中学", "云溪幼儿园", "科大讯飞有限公司"):
        assert unit_by_name(name) is not None, name
    ruichang = unit_by_name("瑞昌市")
    assert ruichang is not None
    assert ruichang.kind == UnitKind.COUNTY


def test_thirty_reports_stand_in_all_states(accounts: Path) -> None:
    assert Submission.objects.count() >= 30
    assert set(Submission.objects.values_list("state", flat=True)) == set(SubmissionState.values)


def test_every_report_that_left_its_unit_left_recorded_activities_behind(accounts: Path) -> None:
    assert Activity.objects.filter(state="recorded").count() >= 30
    donors = Activity.objects.get(unit__name="上高县", sessions=17)
    assert (donors.start.month, donors.start.day, donors.end.month, donors.end.day) == (10, 21, 11, 8)


def test_issues_are_numbered_above_the_real_ones_and_one_is_in_the_making(accounts: Path) -> None:
    assert sorted(Issue.objects.exclude(number=None).values_list("number", flat=True)) == [17, 18, 19]
    assert Issue.objects.filter(state=IssueState.PUBLISHED).count() == 2
    making = Issue.objects.get(number=None)
    assert making.state == IssueState.EDITING
    assert making.entries.count() >= 5
    assert not unplaced_submissions(making).exists()


def test_passwords_are_random_and_readable_by_their_owner_alone(accounts: Path) -> None:
    rows = [line.split("\t") for line in accounts.read_text(encoding="utf-8").splitlines()[2:]]
    assert len({password for _, password, _ in rows}) == len(rows) == User.objects.count()
    editor = User.objects.get(username="bianji")
    assert editor.check_password(dict((name, password) for name, password, _ in rows)["bianji"])
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600


def test_loading_again_changes_nothing(accounts: Path) -> None:
    before = accounts.read_text(encoding="utf-8")
    call_command("load_sample", accounts=accounts, stdout=StringIO())
    assert Issue.objects.count() == 4
    assert accounts.read_text(encoding="utf-8") == before


def test_production_refuses_the_sample(settings: Settings, tmp_path: Path) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="正式系统中不能载入"):
        call_command("load_sample", accounts=tmp_path / "accounts.txt")
    assert not User.objects.exists()


def test_a_portal_in_use_refuses_the_sample(tmp_path: Path) -> None:
    make_user()
    with pytest.raises(CommandError, match="只能载入空的系统"):
        call_command("load_sample", accounts=tmp_path / "accounts.txt")
