"""The work list says who has to do what until when; lateness is read off the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances.models import WorkItemSource
from alliances.queries.work_item import late_first, work_items_for
from alliances.services.agreement import Promise
from alliances.services.work_item import (
    add_work_item,
    cancel_work_item,
    change_work_item,
    finish_work_item,
    reopen_work_item,
    start_work_item,
)
from alliances.states.work_item import WorkItemState
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.files.services import attach_file
from portal.inbox.queries import waiting_for
from portal.notices.queries.notice import notices_for
from portal.refusals import Refused, WrongState
from tests.factories import make_officer, make_unit, make_user
from tests.factories.alliance import in_days, make_pair, the_test_alliance
from tests.factories.partnership import make_agreement, make_item
from tests.portal.files.samples import picture, upload

pytestmark = pytest.mark.django_db


def told(user: User) -> list[str]:
    return [notice.subject for notice in notices_for(user)]


def test_an_item_waits_for_its_owner_until_it_is_done() -> None:
    pair = make_pair()
    owner = make_officer(pair.county)
    item = make_item(pair, pair.county, due=in_days(5))
    assert [(row.what, row.due) for row in waiting_for(owner)] == [("办理工作事项", in_days(5))]
    start_work_item(item, by=owner)
    assert waiting_for(owner).count() == 1
    finish_work_item(item, by=owner, result="已派两名教师到校。")
    assert (item.state, item.is_late) == (WorkItemState.DONE, False)
    assert not waiting_for(owner).exists()


def test_what_is_late_stands_on_top_of_what_waits_and_of_the_list() -> None:
    pair = make_pair()
    owner = make_officer(pair.county)
    soon = make_item(pair, pair.county, due=in_days(2))
    late = make_item(pair, pair.county, due=in_days(-3))
    done = make_item(pair, pair.county, due=in_days(-9))
    finish_work_item(done, by=owner, result="已完成。")
    assert [row.object_id for row in waiting_for(owner)] == [late.pk, soon.pk]
    assert list(late_first(work_items_for(owner))) == [late, soon, done]
    assert (late.days_late, soon.days_late) == (3, 0)


@pytest.mark.parametrize(("done_on", "days"), [(-5, 0), (-4, 0), (0, 4)])
def test_an_item_done_after_its_day_was_late_by_so_many_days(done_on: int, days: int) -> None:
    pair = make_pair()
    owner = make_officer(pair.county)
    item = make_item(pair, pair.county, due=in_days(-4))
    finish_work_item(item, by=owner, result="已完成。", done_on=in_days(done_on))
    assert item.days_late == days


def test_the_owner_is_told_and_who_gave_it_hears_that_it_is_done() -> None:
    pair = make_pair()
    giver, owner = make_officer(pair.university), make_officer(pair.county)
    item = make_item(pair, pair.county, by=giver, title="建立实习基地")
    assert any("建立实习基地" in subject for subject in told(owner))
    assert told(giver) == []
    finish_work_item(item, by=owner, result="已挂牌。")
    assert any("已完成" in subject for subject in told(giver))


def test_nobody_is_told_of_what_he_put_down_for_himself() -> None:
    pair = make_pair()
    officer = make_officer(pair.county)
    make_item(pair, pair.county, by=officer)
    assert told(officer) == []


def test_a_new_owner_gets_it_and_the_one_before_hears_that_it_is_his_no_more() -> None:
    pair = make_pair()
    university, county = make_officer(pair.university), make_officer(pair.county)
    editor = make_user(Role.EDITOR)
    item = make_item(pair, pair.county, by=editor)
    change_work_item(item, by=editor, title=item.title, owner=pair.university, due=item.due)
    assert any("改由" in subject for subject in told(county))
    assert waiting_for(university).count() == 1
    assert not waiting_for(county).exists()


def test_a_school_of_the_county_may_own_an_item_and_a_third_unit_may_not() -> None:
    pair = make_pair()
    school = make_unit(UnitKind.SCHOOL, parent=pair.county)
    assert make_item(pair, school).owner == school
    with pytest.raises(ValidationError, match="责任单位"):
        make_item(pair, make_unit(UnitKind.COUNTY))


@pytest.mark.parametrize("wrong", [{"title": "  "}, {"due": date(1024, 11, 1)}, {"detail": "长" * 2001}])
def test_what_is_wrong_is_said_by_field(wrong: dict[str, Any]) -> None:
    pair = make_pair()
    with pytest.raises(ValidationError) as refused:
        make_item(pair, pair.county, **wrong)
    assert set(refused.value.message_dict) == set(wrong)


def test_only_the_owner_and_the_office_do_it_and_only_both_sides_change_it() -> None:
    pair = make_pair()
    university, county = make_officer(pair.university), make_officer(pair.county)
    stranger = make_officer(make_unit(UnitKind.COUNTY))
    item = make_item(pair, pair.county)
    with pytest.raises(PermissionDenied):
        finish_work_item(item, by=university, result="替对方完成。")
    with pytest.raises(PermissionDenied):
        cancel_work_item(item, by=stranger, reason="不相干。")
    with pytest.raises(PermissionDenied):
        make_item(pair, pair.county, by=stranger)
    cancel_work_item(item, by=university, reason="双方另有安排。")
    assert any("已取消" in subject for subject in told(county))


def test_a_reason_and_a_word_of_what_came_of_it_must_be_given() -> None:
    pair = make_pair()
    owner = make_officer(pair.county)
    item = make_item(pair, pair.county)
    with pytest.raises(ValidationError, match="完成情况"):
        finish_work_item(item, by=owner, result=" ")
    with pytest.raises(ValidationError, match="还没有到"):
        finish_work_item(item, by=owner, result="已完成。", done_on=in_days(1))
    with pytest.raises(Refused, match="理由"):
        cancel_work_item(item, by=owner, reason="")
    item.refresh_from_db()
    assert item.state == WorkItemState.TODO


def test_what_was_called_done_too_early_goes_on() -> None:
    pair = make_pair()
    owner = make_officer(pair.county)
    item = make_item(pair, pair.county)
    finish_work_item(item, by=owner, result="已完成。")
    with pytest.raises(WrongState):
        start_work_item(item, by=owner)
    reopen_work_item(item, by=owner, reason="还差一场。")
    assert (item.state, item.done_on) == (WorkItemState.DOING, None)
    assert waiting_for(owner).count() == 1


def test_a_commitment_goes_on_the_list_once_and_only_on_its_own_pairs() -> None:
    pair, other = make_pair(), make_pair()
    agreement = make_agreement(pair, commitments=[Promise("每年八次联合教研", pair.university)])
    promise = agreement.commitments.get()
    with pytest.raises(ValidationError, match="不属于"):
        make_item(other, other.county, commitment=promise)
    assert make_item(pair, pair.university, commitment=promise).source == WorkItemSource.COMMITMENT
    with pytest.raises(Refused, match="已经列入"):
        make_item(pair, pair.university, commitment=promise)


def test_the_leading_university_puts_items_on_the_alliances_list() -> None:
    alliance = the_test_alliance()
    lead, other = make_officer(), make_officer()
    alliance.lead = lead.posts_today[0].unit
    alliance.save()
    owner = other.posts_today[0].unit
    item = add_work_item(by=lead, title="汇总各校安排", owner=owner, due=in_days(7), source=WorkItemSource.MEETING)
    assert item.partnership is None
    assert waiting_for(other).count() == 1
    with pytest.raises(PermissionDenied):
        add_work_item(by=other, title="汇总", owner=owner, due=in_days(7))


def test_evidence_is_the_owners_and_comes_also_after_the_work_is_done() -> None:
    pair = make_pair()
    owner, other = make_officer(pair.county), make_officer(pair.university)
    item = make_item(pair, pair.county)
    finish_work_item(item, by=owner, result="已完成。")
    attach_file(owner=item, upload=upload(picture(), "现场.png"), by=owner)
    with pytest.raises(PermissionDenied):
        attach_file(owner=item, upload=upload(picture(), "现场.png"), by=other)
