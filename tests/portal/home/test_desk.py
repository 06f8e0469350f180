"""The work desk: what waits with counts that agree with the list, and what each post can begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from bulletins.services.desk import return_submission
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.post import give_post
from portal.home.boards.subjects import of_unit
from portal.home.queries.desk import SHOWN, desk_of
from portal.home.services.board import work_out
from portal.inbox.queries import waiting_for
from portal.periods import term_of
from tests.factories import make_draft, make_issue, make_officer, make_report, make_unit, make_user
from tests.factories.activity import make_recorded
from tests.factories.community import make_school

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def labels(user: User) -> list[str]:
    return [action.label for action in desk_of(user).actions]


def test_counts_on_the_desk_agree_with_the_list(editor: User, signed_in: SignIn) -> None:
    officer = make_officer()
    for _ in range(SHOWN + 2):
        make_report(officer)
    make_issue(editor)
    desk = desk_of(editor)
    assert [(group.what, group.count, len(group.rows)) for group in desk.groups] == [
        ("处理来稿", SHOWN + 2, SHOWN),
        ("编辑本期", 1, 1),
    ]
    assert desk.waiting == waiting_for(editor).count() == SHOWN + 3
    page = signed_in(editor).get("/waiting/")
    assert page.context["page"].paginator.count == desk.waiting
    assert f"全部{desk.waiting}件" in signed_in(editor).get("/").content.decode()


def test_the_three_lists_of_what_waits_agree_with_their_counts(editor: User, signed_in: SignIn) -> None:
    officer = make_officer()
    make_report(officer)
    return_submission(make_report(officer), by=editor, reason="请补充。")
    client = signed_in(officer)
    for name, number in (("own", 1), ("awaited", 1), ("late", 0), ("没有这种", 1)):
        page = client.get("/waiting/", {"show": name})
        assert page.context["page"].paginator.count == page.context["shown"].count == number
    assert "省协同提质办 · 编辑" in client.get("/waiting/", {"show": "awaited"}).content.decode()
    assert "没有超过期限的事项" in client.get("/waiting/", {"show": "late"}).content.decode()


def test_the_list_tells_how_much_waits_of_each_kind_and_shows_one_alone(editor: User, signed_in: SignIn) -> None:
    officer = make_officer()
    for _ in range(2):
        make_report(officer)
    make_issue(editor)
    client = signed_in(editor)
    assert client.get("/waiting/").context["shown"].kinds == [("处理来稿", 2), ("编辑本期", 1)]
    assert "?what=%E5%A4%84%E7%90%86%E6%9D%A5%E7%A8%BF" in client.get("/").content.decode()
    one = client.get("/waiting/", {"what": "处理来稿"})
    assert [row.what for row in one.context["page"]] == ["处理来稿"] * 2
    assert "show=own&amp;what=" in one.content.decode()
    assert client.get("/waiting/", {"what": "没有这种"}).context["page"].paginator.count == 3


def test_what_came_back_stands_on_the_officers_desk_with_its_address(editor: User, signed_in: SignIn) -> None:
    officer = make_officer()
    report = make_report(officer)
    return_submission(report, by=editor, reason="请补充。")
    page = signed_in(officer).get("/").content.decode()
    assert "修改后重报" in page
    assert f'href="/reports/{report.pk}/"' in page


def test_an_officer_begins_a_report_at_once_and_who_serves_two_units_chooses_first() -> None:
    officer = make_officer()
    (action,) = [action for action in desk_of(officer).actions if action.label == "新建报送"]
    assert (action.url_name, action.posts) == ("submission-new", True)
    both = make_officer()
    give_post(user=both, unit=make_unit(), role=Role.INFORMATION_OFFICER, by=None)
    (action,) = [action for action in desk_of(both).actions if action.label == "新建报送"]
    assert (action.url_name, action.posts) == ("submissions", False)


def test_each_post_has_its_own_quick_actions() -> None:
    assert labels(make_user(Role.EDITOR)) == ["来稿处理", "编印工作动态", "往期查询"]
    assert labels(make_user(Role.ADMIN)) == ["单位与岗位", "人员", "往期查询"]
    assert labels(make_user(Role.LEADER)) == ["工作动态各期", "往期查询"]
    assert "操作记录" in labels(make_user(Role.AUDITOR))
    assert labels(make_user()) == ["往期查询"]


def test_a_leader_sees_no_reports_and_no_issue_in_the_making(editor: User) -> None:
    make_draft(make_officer())
    make_issue(editor)
    desk = desk_of(make_user(Role.LEADER))
    assert (desk.reports, desk.making, desk.recent, desk.waiting) == (None, None, [], 0)


def test_an_empty_desk_says_what_to_do_next(signed_in: SignIn) -> None:
    assert "您还没有岗位" in signed_in(make_user()).get("/").content.decode()
    assert "可以随时报送" in signed_in(make_officer()).get("/").content.decode()
    assert "没有等您办理的事项" in signed_in(make_user()).get("/waiting/").content.decode()


@pytest.mark.parametrize("who", ["officer", "editor"])
def test_the_desk_asks_as_much_with_thirty_things_as_with_one(
    who: str, editor: User, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    officer = make_officer()
    client = signed_in(officer if who == "officer" else editor)
    for page in ("/", "/waiting/", "/waiting/?show=awaited", "/waiting/?show=late"):
        make_report(officer)
        return_submission(make_report(officer), by=editor, reason="请补充。")
        with django_assert_max_num_queries(15) as few:
            assert client.get(page).status_code == 200
        for _ in range(15):
            make_report(officer)
            return_submission(make_report(officer), by=editor, reason="请补充。")
        with django_assert_max_num_queries(len(few)):
            assert client.get(page).status_code == 200


def test_pages_for_what_is_refused_and_what_is_not_there(signed_in: SignIn) -> None:
    user = signed_in(make_officer())
    refused = user.get("/units/")
    assert refused.status_code == 403
    assert "您的岗位不能办理这件事" in refused.content.decode()
    assert user.get("/units/999999/").status_code == 404
    assert "没有找到这个页面" in user.get("/units/999999/").content.decode()


def test_what_is_too_large_for_any_form_is_refused_in_a_sentence(client: Client) -> None:
    answer = client.post("/sign-in/", {"username": "长" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 3)})
    assert answer.status_code == 400
    assert "内容过大或无法识别，没有提交" in answer.content.decode()


def test_a_page_whose_form_has_expired_says_so() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_a_leader_sees_the_boards_figures_at_once_nobody_else_does(editor: User, signed_in: SignIn) -> None:
    leader = make_user(Role.LEADER)
    assert desk_of(leader).board is None  # nothing is worked out for the desk
    make_recorded(make_school(make_unit(UnitKind.COUNTY)), day=timezone.localdate())
    work_out(of_unit(the_office()), term_of(timezone.localdate()))
    page = signed_in(leader).get("/")
    assert {one.label: one.number for one in page.context["desk"].board.headline}["活动"] == 1
    assert 'href="/board/"' in page.content.decode()
    assert desk_of(editor).board is None
