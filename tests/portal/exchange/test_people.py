"""People and posts from a table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import Post, User
from portal.accounts.roles import Role
from portal.accounts.services.user import first_password
from portal.exchange.nouns.people import export
from portal.exchange.plan import Fate, Plan, run
from portal.exchange.registry import NOUNS
from portal.exchange.workbook import read, write
from tests.factories import make_officer, make_unit, make_user
from tests.portal.exchange.tables import table

pytestmark = pytest.mark.django_db
NOUN = NOUNS["people"]


@pytest.fixture
def admin() -> User:
    return make_user(Role.ADMIN)


def plan_of(data: bytes, by: User, expected: str = "") -> Plan:
    return run(NOUN, read(data, NOUN.columns), by=by, expected=expected)


def take_in(data: bytes, by: User) -> Plan:
    return plan_of(data, by, plan_of(data, by).digest)


def test_accounts_are_opened_with_their_posts_and_first_passwords(admin: User) -> None:
    unit = make_unit(name="江河师范大学", short_name="江河师大")
    data = table(
        "people",
        ("zhoumin", "周敏", "0791-1", "", "江河师大", "信息员", "2024-09-01"),
        ("liqiang", "李强", "", "", "江河师范大学", "单位审核人", date(2024, 9, 1)),
        ("liqiang", "李强", "", "", "江河师大", "工作人员", "2024年9月1日"),
    )
    plan = take_in(data, admin)
    assert plan.done
    assert [fate.fate for fate in plan.outcomes] == [Fate.NEW, Fate.NEW, Fate.CHANGED]
    assert {post.role for post in unit.posts.all()} == {"information_officer", "unit_approver", "staff"}
    assert [name for name, _ in plan.opened] == ["zhoumin", "liqiang"]
    for username, _ in plan.opened:
        user = User.objects.get(username=username)
        assert user.check_password(first_password(plan.seed, username))
        assert user.must_change_password
    assert {outcome.fate for outcome in plan_of(data, admin).outcomes} == {Fate.SAME}


def test_a_second_information_officer_is_a_wrong_row_and_nothing_is_kept(admin: User) -> None:
    unit = make_unit(name="江河师范大学")
    holder = make_officer(unit)
    plan = take_in(table("people", ("zhoumin", "周敏", "", "", "江河师范大学", "信息员")), admin)
    (problem,) = plan.outcomes[0].problems
    assert problem.title == "岗位"
    assert holder.name in problem.sentence
    assert not User.objects.filter(username="zhoumin").exists()


def test_a_handover_stands_in_two_rows_of_one_table(admin: User) -> None:
    unit = make_unit(name="江河师范大学")
    old = make_officer(unit)
    today = timezone.localdate()
    rows = (
        (old.username, old.name, "", "", unit.name, "信息员", "", today - timedelta(days=1)),
        ("zhoumin", "周敏", "", "", unit.name, "信息员", today),
    )
    plan = take_in(table("people", *rows), admin)
    # The first row looks for the post held today; it ends yesterday, so the second may begin today.
    assert plan.done
    assert [post.user.name for post in Post.objects.filter(unit=unit).order_by("during")] == [old.name, "周敏"]


def test_a_refused_row_leaves_no_account_behind_for_the_rows_below(admin: User) -> None:
    data = table("people", ("new", "新人", "", "", "没有的单位", "信息员"), ("new", "新人"))
    plan = plan_of(data, admin)
    assert [outcome.fate for outcome in plan.outcomes] == [Fate.WRONG, Fate.NEW]


@pytest.mark.parametrize(
    ("row", "title", "sentence"),
    [
        (("zhou min", "周敏"), "登录名", "只能用字母"),
        (("zhoumin", ""), "姓名", "没有填写"),
        (("zhoumin", "周敏", "", "not-an-address"), "邮箱", "邮箱写法不对"),
        (("zhoumin", "周敏", "", "", "", "信息员"), "单位", "请写明在哪个单位"),
        (("zhoumin", "周敏", "", "", "省协同提质办", ""), "岗位", "请写明岗位"),
        (("zhoumin", "周敏", "", "", "省协同提质办", "信息员"), "岗位", "不设"),
        (("zhoumin", "周敏", "", "", "省协同提质办", "编辑", "2024-09-01", "2024-08-01"), "截止日期", "早于"),
        (("zhoumin", "周敏", "", "", "江河师范大学", "临时B角", "2024-09-01"), "截止日期", "须写明截止日期"),
    ],
)
def test_a_wrong_cell_is_named_with_its_reason(admin: User, row: tuple[object, ...], title: str, sentence: str) -> None:
    make_unit(name="江河师范大学")
    (outcome,) = plan_of(table("people", row), admin).outcomes
    assert [(problem.title, sentence in problem.sentence) for problem in outcome.problems] == [(title, True)]


def test_admin_and_auditor_in_one_hand_are_refused_within_one_table(admin: User) -> None:
    rows = [("both", "某人", "", "", "省协同提质办", role) for role in ("管理员", "审计员")]
    plan = plan_of(table("people", *rows), admin)
    assert "不同的人" in plan.outcomes[1].problems[0].sentence


def test_thirty_people_come_in_at_once_and_go_out_as_they_came(admin: User) -> None:
    units = [make_unit() for _ in range(30)]
    rows = [(f"officer{n}", f"信息员{n}", "", "", unit.name, "信息员", "2024-09-01") for n, unit in enumerate(units)]
    assert take_in(table("people", *rows), admin).done
    assert Post.objects.filter(role=Role.INFORMATION_OFFICER).count() == 30
    plan = plan_of(write("人员一览表", NOUN.columns, export(admin)), admin)
    assert plan.count(Fate.SAME) == len(plan.outcomes) == 31
