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
from bulletins.queries.issue import entries_of
from bulletins.queries.submission import unplaced_submissions
from bulletins.states import IssueState, SubmissionState
from pilots.models import Activity
from pilots.states import ActivityState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import unit_by_name
from portal.accounts.roles import UnitKind
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def check_units() -> None:
    assert Unit.objects.filter(kind=UnitKind.PREFECTURE).count() == 11
    assert Partnership.objects.count() == 13
    for name in ("南昌市高新区", "井冈山大学附属中学", "云溪幼儿园", "科大讯飞有限公司"):
        assert unit_by_name(name) is not None, name
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
    findings = [one for entry in examine_issue(making, entries_of(making)).values() for one in entry.findings]
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
