"""A meeting is called, moved, held, its minutes are sent, and what it decided becomes work."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances.models import Decision, JointMeeting, Partnership, WorkItem
from alliances.queries.meeting import meetings_for
from alliances.queries.work_item import work_items_for
from alliances.services import meeting as services
from alliances.services.meeting import Planned
from alliances.services.meeting_papers import Decided, make_work_of, write_papers
from alliances.states.meeting import MeetingState
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import UnitKind
from portal.inbox.queries import waiting_for
from portal.notices.models import Notice
from portal.refusals import Refused
from tests.factories import make_officer, make_unit
from tests.factories.alliance import in_days, make_held_meeting, make_meeting, make_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Partnership:
    return make_pair()


@pytest.fixture
def host(pair: Partnership) -> User:
    return make_officer(pair.university)


def told(user: User) -> list[str]:
    return [subject.split("：")[0] for subject in user.notices.order_by("pk").values_list("subject", flat=True)]


def papers(meeting: JointMeeting, by: User, **fields: Any) -> JointMeeting:
    given: dict[str, Any] = {"minutes": "已商定。", "attendance": {}, "decisions": []}
    return write_papers(meeting, by=by, **given | fields)


def test_both_sides_of_a_pair_are_invited_and_the_other_side_is_told(pair: Partnership, host: User) -> None:
    county = make_officer(pair.county)
    meeting = make_meeting(pair.university, host, partnership=pair)
    assert set(meeting.invitations.values_list("unit", flat=True)) == {pair.university_id, pair.county_id}
    assert told(county) == ["会议通知"]
    assert told(host) == []
    assert [row.what for row in waiting_for(User.objects.get(pk=host.pk))] == ["登记召开"]


def test_a_meeting_of_the_past_needs_its_minutes(pair: Partnership, host: User) -> None:
    with pytest.raises(ValidationError, match="补登会议请填写纪要"):
        make_meeting(pair.university, host, start=in_days(-1))
    meeting = make_meeting(pair.university, host, start=in_days(-1), minutes="商定了分工。")
    assert meeting.state == MeetingState.HELD
    assert not Notice.objects.exists()


def test_a_meeting_to_come_has_no_minutes_yet(pair: Partnership, host: User) -> None:
    with pytest.raises(ValidationError, match="会后填写"):
        make_meeting(pair.university, host, minutes="商定了分工。")


def test_a_meeting_does_not_end_before_it_starts(pair: Partnership, host: User) -> None:
    planned = Planned(title="联席会议", start=in_days(5), end=in_days(4))
    with pytest.raises(ValidationError, match="早于开始"):
        services.call_meeting(pair.university, planned, by=host)


def test_nobody_calls_a_meeting_for_another_unit_or_pair(pair: Partnership, host: User) -> None:
    with pytest.raises(PermissionDenied):
        make_meeting(pair.county, host)
    with pytest.raises(PermissionDenied):
        make_meeting(pair.university, host, partnership=make_pair())


def test_who_was_invited_hears_of_a_new_day(pair: Partnership, host: User) -> None:
    county, guest = make_officer(pair.county), make_officer()
    meeting = make_meeting(pair.university, host, partnership=pair)
    planned = Planned(title="联席会议", start=in_days(9), begins_at=time(9), place="会议室")
    services.change_meeting(meeting, planned, by=host, invited=[guest.posts_today[0].unit])
    assert told(county) == ["会议通知", "会议有变动"]
    assert told(guest) == ["会议通知"]
    services.change_meeting(meeting, planned, by=host, invited=[])
    assert told(guest) == ["会议通知", "不必参加"]
    assert told(county) == ["会议通知", "会议有变动"]


def test_a_meeting_is_not_held_before_its_day(pair: Partnership, host: User) -> None:
    meeting = make_meeting(pair.university, host)
    with pytest.raises(Refused, match="还没有到会议日期"):
        services.hold_meeting(meeting, by=host)


def test_minutes_go_to_all_who_were_invited_and_stay_as_they_are(pair: Partnership, host: User) -> None:
    county = make_officer(pair.county)
    meeting = make_meeting(pair.university, host, partnership=pair, start=in_days(0))
    services.hold_meeting(meeting, by=host)
    with pytest.raises(Refused, match="还没有写纪要"):
        services.send_minutes(meeting, by=host)
    row = meeting.invitations.get(unit=pair.county)
    papers(meeting, host, attendance={row.pk: ("present", "教育局副局长")})
    services.send_minutes(meeting, by=host)
    row.refresh_from_db()
    assert (row.came, row.people) == (True, "教育局副局长")
    assert told(county) == ["会议通知", "会议纪要"]
    with pytest.raises(Refused, match="不能填写纪要"):
        papers(meeting, host)


def test_a_cancelled_meeting_is_told_with_its_reason(pair: Partnership, host: User) -> None:
    county = make_officer(pair.county)
    meeting = make_meeting(pair.university, host, partnership=pair)
    with pytest.raises(Refused, match="请写明"):
        services.cancel_meeting(meeting, by=host, reason=" ")
    services.cancel_meeting(meeting, by=host, reason="与期末考试冲突")
    assert told(county) == ["会议通知", "会议取消"]
    assert not waiting_for(User.objects.get(pk=host.pk)).exists()


def test_a_decision_has_an_owner_and_a_day_after_the_meeting(pair: Partnership, host: User) -> None:
    meeting = make_held_meeting(pair.university, host, partnership=pair)
    with pytest.raises(ValidationError, match="没有责任单位"):
        papers(meeting, host, decisions=[Decided("制定计划", None)])
    with pytest.raises(ValidationError, match="早于会议日期"):
        papers(meeting, host, decisions=[Decided("制定计划", pair.county, due=in_days(-9))])


def test_a_decision_becomes_work_of_the_pair_once(pair: Partnership, host: User) -> None:
    meeting = make_held_meeting(pair.university, host, partnership=pair)
    decision = meeting.decisions.get()
    item = make_work_of(decision, by=host)
    assert (item.partnership, item.owner, item.title, item.due) == (
        pair,
        decision.owner,
        decision.text,
        decision.due,
    )
    assert item.decision.meeting == meeting
    with pytest.raises(Refused, match="已经列入"):
        make_work_of(decision, by=host)
    assert WorkItem.objects.count() == 1


def test_a_county_makes_work_of_what_it_decided_with_whom_it_met() -> None:
    county, guest = make_unit(UnitKind.COUNTY), make_unit()
    school = make_unit(UnitKind.SCHOOL, parent=county)
    caller, invited, outsider = make_officer(county), make_officer(guest), make_officer()
    meeting = make_held_meeting(county, caller, invited=[guest])
    rows = [Decided("选派骨干教师", unit, due=in_days(30)) for unit in (county, school, guest)]
    papers(meeting, caller, decisions=rows)
    items = [make_work_of(decision, by=caller) for decision in meeting.decisions.all()]
    assert [item.owner for item in items] == [county, school, guest]
    assert {item.list_name for item in work_items_for(caller)} == {"联席会议"}
    assert set(work_items_for(invited)) == set(items)
    assert not work_items_for(outsider).exists()
    assert caller.has_perm("alliances.manage_work_item", items[2])
    assert not invited.has_perm("alliances.manage_work_item", items[0])


def test_who_did_not_meet_is_given_no_work(editor: User) -> None:
    county, absent = make_unit(UnitKind.COUNTY), make_unit()
    caller = make_officer(county)
    meeting = make_held_meeting(county, caller)
    papers(meeting, caller, decisions=[Decided("选派骨干教师", absent, due=in_days(30))])
    decision = meeting.decisions.get()
    with pytest.raises(Refused, match="没有参加这次会议"):
        make_work_of(decision, by=caller)
    with pytest.raises(PermissionDenied):
        make_work_of(decision, by=make_officer(absent))
    assert make_work_of(decision, by=editor).owner == absent


def test_what_the_office_decided_with_some_is_work_of_the_whole_alliance(editor: User) -> None:
    make_work_of(make_held_meeting(the_office(), editor).decisions.get(), by=editor)
    assert work_items_for(make_officer()).exists()


def test_what_became_work_stays_when_the_papers_are_written_anew(pair: Partnership, host: User) -> None:
    meeting = make_held_meeting(pair.university, host, partnership=pair)
    make_work_of(meeting.decisions.get(), by=host)
    papers(meeting, host, decisions=[Decided("另行商定", pair.county)])
    assert [row.work_item_id is not None for row in meeting.decisions.all()] == [True, False]


def test_a_decision_without_a_day_becomes_no_work(pair: Partnership, host: User) -> None:
    meeting = make_held_meeting(pair.university, host, partnership=pair)
    papers(meeting, host, decisions=[Decided("加强联系", pair.county)])
    with pytest.raises(Refused, match="完成期限"):
        make_work_of(Decision.objects.get(), by=host)


def test_only_who_called_it_or_the_office_makes_work_of_it(pair: Partnership, host: User, editor: User) -> None:
    decision = make_held_meeting(pair.university, host, partnership=pair).decisions.get()
    with pytest.raises(PermissionDenied):
        make_work_of(decision, by=make_officer(pair.county))
    assert make_work_of(decision, by=editor).partnership == pair


def test_who_sees_a_meeting(pair: Partnership, host: User, editor: User) -> None:
    guest = make_officer()
    meeting = make_meeting(pair.university, host, partnership=pair, invited=[guest.posts_today[0].unit])
    for user in (host, guest, editor, make_officer(pair.county), make_officer(pair.county.parent)):
        assert list(meetings_for(user)) == [meeting]
    for user in (make_officer(), make_officer(make_unit(UnitKind.COUNTY))):
        assert not meetings_for(user).exists()
