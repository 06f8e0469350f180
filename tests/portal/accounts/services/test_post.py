"""Posts: one information officer, handovers that keep history, three separate guardians."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import Post, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.accounts.services.post import end_post, give_post, hand_over_post, roles_of
from portal.audit.models import history
from tests.factories import LONG_SINCE, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


def officer_post(user: User) -> Post:
    return user.posts.get(role=Role.INFORMATION_OFFICER)


def test_a_second_information_officer_is_refused_in_a_sentence_that_names_the_first() -> None:
    first = make_officer()
    unit = officer_post(first).unit
    with pytest.raises(ValidationError) as refusal:
        give_post(user=make_user(), unit=unit, role=Role.INFORMATION_OFFICER, by=None)
    assert first.name in refusal.value.message_dict["role"][0]
    assert Post.objects.filter(unit=unit).count() == 1


def test_the_database_itself_refuses_a_second_information_officer_at_the_same_time() -> None:
    post = officer_post(make_officer())
    with pytest.raises(IntegrityError, match="one_information_officer"), transaction.atomic():
        Post.objects.create(user=make_user(), unit=post.unit, role=post.role, during=(date(2030, 1, 1), None))


def test_officers_may_follow_one_another_without_a_gap() -> None:
    unit = make_unit()
    earlier, later = make_user(), make_user()
    give_post(
        user=earlier,
        unit=unit,
        role=Role.INFORMATION_OFFICER,
        by=None,
        since=date(2023, 9, 1),
        until=date(2024, 8, 31),
    )
    give_post(user=later, unit=unit, role=Role.INFORMATION_OFFICER, by=None, since=date(2024, 9, 1))
    assert unit.posts.filter(during__contains=date(2024, 8, 31)).get().user == earlier
    assert unit.posts.filter(during__contains=date(2024, 9, 1)).get().user == later


def test_a_handover_ends_the_one_the_day_before_and_keeps_both_in_the_history() -> None:
    old, new = make_officer(), make_user()
    day = date(2025, 9, 1)
    post = officer_post(old)
    hand_over_post(post, to=new, by=None, since=day)
    rows = list(post.unit.posts.order_by("during"))
    assert [(row.user, row.during.lower, row.during.upper) for row in rows] == [
        (old, LONG_SINCE, day),
        (new, day, None),
    ]
    assert {entry.action for entry in history(post.unit)} >= {"accounts.post.give", "accounts.post.end"}


def test_a_handover_to_the_same_person_or_from_before_the_post_began_changes_nothing() -> None:
    user = make_officer()
    post = officer_post(user)
    with pytest.raises(ValidationError, match="无需交接"):
        hand_over_post(post, to=user, by=None)
    with pytest.raises(ValidationError, match="晚于"):
        hand_over_post(post, to=make_user(), by=None, since=LONG_SINCE)
    assert post.unit.posts.get().during.upper is None


def test_a_handover_that_the_new_holder_cannot_take_leaves_the_old_one_in_post() -> None:
    admin, auditor = make_user(Role.ADMIN), make_user(Role.AUDITOR)
    with pytest.raises(ValidationError, match="不同的人"):
        hand_over_post(admin.posts.get(), to=auditor, by=None)
    assert admin.posts.get().during.upper is None


def test_a_post_that_is_over_is_not_stretched_by_ending_or_handing_it_over_again() -> None:
    post = officer_post(make_officer())
    end_post(post, by=None, last_day=date(2023, 6, 30))
    post.refresh_from_db()
    with pytest.raises(ValidationError, match="2023年6月30日"):
        end_post(post, by=None, last_day=date(2024, 6, 30))
    with pytest.raises(ValidationError, match="2023年6月30日"):
        hand_over_post(post, to=make_user(), by=None, since=date(2024, 9, 1))
    post.refresh_from_db()
    assert post.during.upper == date(2023, 7, 1)


def test_a_post_that_never_began_is_taken_back_but_stays_in_the_record() -> None:
    unit, user = make_unit(), make_user()
    future = timezone.localdate() + timedelta(days=30)
    post = give_post(user=user, unit=unit, role=Role.STAFF, by=None, since=future)
    end_post(post, by=None)
    assert not unit.posts.exists()
    assert history(unit).filter(action="accounts.post.end").exists()


def test_a_post_that_was_held_is_never_erased_by_an_end_before_its_beginning() -> None:
    post = give_post(user=make_user(), unit=make_unit(), role=Role.STAFF, by=None, since=date(2023, 9, 1))
    with pytest.raises(ValidationError, match="早于开始日期2023年9月1日"):
        end_post(post, by=None, last_day=date(2023, 8, 31))
    assert post.unit.posts.get().during.upper is None


def test_a_deputy_needs_an_end() -> None:
    unit = make_unit()
    with pytest.raises(ValidationError) as refusal:
        give_post(user=make_user(), unit=unit, role=Role.DEPUTY_OFFICER, by=None)
    assert "截止日期" in refusal.value.message_dict["until"][0]
    until = timezone.localdate() + timedelta(days=20)
    post = give_post(user=make_user(), unit=unit, role=Role.DEPUTY_OFFICER, by=None, until=until)
    post.refresh_from_db()
    assert post.during.upper == until + timedelta(days=1), "the last day counts"


def test_a_deputy_handed_over_keeps_the_end() -> None:
    deputy = make_user(Role.DEPUTY_OFFICER, make_unit())
    post = hand_over_post(deputy.posts.get(), to=make_user(), by=None)
    post.refresh_from_db()
    assert post.during.upper == date(2100, 1, 1)


@pytest.mark.parametrize("held", [Role.ADMIN, Role.SECURITY, Role.AUDITOR])
@pytest.mark.parametrize("wanted", [Role.ADMIN, Role.SECURITY, Role.AUDITOR])
def test_admin_security_and_auditor_are_three_people(held: Role, wanted: Role) -> None:
    user = make_user(held)
    if held == wanted:
        return
    with pytest.raises(ValidationError, match="不同的人"):
        give_post(user=user, unit=the_office(), role=wanted, by=None)
    end_post(user.posts.get(), by=None)
    give_post(user=user, unit=the_office(), role=wanted, by=None)


def test_office_posts_exist_in_the_office_only_and_the_office_has_no_information_officer() -> None:
    with pytest.raises(ValidationError, match="只在省协同提质办"):
        give_post(user=make_user(), unit=make_unit(), role=Role.EDITOR, by=None)
    with pytest.raises(ValidationError, match="不设"):
        give_post(user=make_user(), unit=the_office(), role=Role.INFORMATION_OFFICER, by=None)
    assert Role.EDITOR in roles_of(UnitKind.PROVINCE_OFFICE)
    assert Role.INFORMATION_OFFICER in roles_of(UnitKind.COUNTY)


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValidationError, match="早于"):
        give_post(
            user=make_user(),
            unit=make_unit(),
            role=Role.STAFF,
            by=None,
            since=date(2024, 9, 1),
            until=date(2024, 8, 1),
        )
