"""交接: what lies with the one who leaves goes to his successor; the writer stays the writer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bulletins.models import Submission
from bulletins.services.desk import decline_submission, return_submission
from bulletins.services.submission import save_draft
from portal.accounts.models import Handover, Post, Unit, User
from portal.accounts.roles import Role
from portal.accounts.services.handover import hand_over, pass_due, will_pass
from portal.accounts.services.post import give_post
from portal.audit.models import history
from portal.inbox.models import Waiting
from portal.inbox.services import Wait, replace_waiting
from tests.bulletins.calls import make_call, waits_of
from tests.factories import make_draft, make_report, make_user
from tests.factories.case import make_case, make_kept_case

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def unit_of(user: User) -> Unit:
    return user.own_posts[0].unit


def post_of(user: User) -> Post:
    return user.posts.select_related("unit", "user").get()


def test_the_page_says_beforehand_what_will_pass(officer: User, editor: User) -> None:
    make_draft(officer)
    make_draft(officer)
    return_submission(make_report(officer), by=editor, reason="请补充")
    decline_submission(make_report(officer), by=editor, reason="重复")
    make_report(officer)
    make_call(editor, [unit_of(officer)])
    assert will_pass(post_of(officer)) == [
        "草稿2篇",
        "退回待修改的稿件1篇",
        "已送出、尚未办结的稿件1篇",
        "未应的约稿1份",
    ]
    assert will_pass(make_user(Role.STAFF, unit_of(officer)).posts.get()) == []


def test_drafts_and_open_calls_are_the_successors(officer: User, editor: User) -> None:
    draft, successor = make_draft(officer), make_user()
    make_call(editor, [unit_of(officer)])
    hand_over(post_of(officer), to=successor, by=None)
    draft.refresh_from_db()
    assert (draft.author, draft.keeper) == (officer, successor)
    assert waits_of(successor) == ["约稿：秋季教研"]
    assert waits_of(officer) == []
    save_draft(draft, by=fresh(successor), title="接着写", text="好", version=draft.version)
    assert history(draft).filter(action="bulletins.submission.pass_on").exists()


def test_drafts_of_staff_go_to_who_takes_over_the_work(officer: User) -> None:
    unit = unit_of(officer)
    staff, successor = make_user(Role.STAFF, unit), make_user()
    draft = make_draft(staff)
    assert not fresh(successor).has_perm("bulletins.write_submission", draft)
    hand_over(post_of(staff), to=successor, by=None)
    draft.refresh_from_db()
    assert fresh(successor).has_perm("bulletins.write_submission", draft)
    assert not fresh(staff).has_perm("bulletins.write_submission", draft)


def test_passed_on_twice_it_is_the_last_ones(officer: User) -> None:
    unit = unit_of(officer)
    staff, second, third = make_user(Role.STAFF, unit), make_user(), make_user()
    draft = make_draft(staff)
    hand_over(post_of(staff), to=second, by=None, since=timezone.localdate() - timedelta(days=30))
    hand_over(post_of(second), to=third, by=None)
    draft.refresh_from_db()
    assert draft.keeper == third


def test_who_takes_over_may_not_approve_what_he_took_over(officer: User) -> None:
    draft, approver = make_draft(officer), make_user(Role.UNIT_APPROVER, unit_of(officer))
    hand_over(post_of(officer), to=approver, by=None)
    draft.refresh_from_db()
    assert not fresh(approver).has_perm("bulletins.approve_submission", draft)


def test_what_waits_for_the_person_by_name_goes_along(officer: User) -> None:
    successor, unit = make_user(), unit_of(officer)
    replace_waiting(unit, [Wait("反馈落实情况", "反馈", "/", unit=unit, user=officer)])
    hand_over(post_of(officer), to=successor, by=None)
    assert Waiting.objects.get().user == successor


def test_an_unfinished_case_goes_along_and_one_in_the_library_stays(officer: User) -> None:
    kept, draft = make_kept_case(make_user(Role.EDITOR), officer), make_case(officer)
    successor = make_user()
    hand_over(post_of(officer), to=successor, by=None)
    draft.refresh_from_db()
    kept.refresh_from_db()
    assert (draft.author, draft.keeper, kept.keeper) == (officer, successor, None)


def test_work_passes_on_the_day_itself(officer: User) -> None:
    draft, successor, day = make_draft(officer), make_user(), timezone.localdate() + timedelta(days=3)
    hand_over(post_of(officer), to=successor, by=None, since=day)
    assert pass_due() == 0
    draft.refresh_from_db()
    assert draft.keeper is None
    Handover.objects.update(since=timezone.localdate())
    assert pass_due() == 1
    assert pass_due() == 0
    assert Submission.objects.get(pk=draft.pk).keeper == successor


def test_another_post_of_the_same_person_takes_nothing_along(officer: User) -> None:
    draft = make_draft(officer)
    approving = give_post(user=officer, unit=unit_of(officer), role=Role.UNIT_APPROVER, by=None)
    Post.objects.filter(pk=approving.pk).update(during=(timezone.localdate() - timedelta(days=9), None))
    approving.refresh_from_db()
    hand_over(approving, to=make_user(), by=None)
    draft.refresh_from_db()
    assert draft.keeper is None
