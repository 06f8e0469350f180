"""Needs and meetings are found by their words, and by nobody who may not see them."""

from __future__ import annotations

from typing import Any

import pytest

from alliances.services.meeting_papers import Decided, write_papers
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user
from tests.factories.alliance import in_days, make_held_meeting, make_meeting, make_need, make_pair, officer_of
from tests.portal.search.looking import keys, look, numbers

pytestmark = pytest.mark.django_db


def test_a_need_is_found_by_who_asks_who_is_asked_and_the_office(editor: User) -> None:
    pair = make_pair()
    need = make_need(pair.county, what="想请人来讲分数", details="五年级两个班一起上", subject="数学")
    readers = (officer_of(pair.county), make_officer(pair.university), editor, make_user(Role.LEADER))
    for reader in readers:
        for words in ("讲分数", "五年级", "数学", pair.county.name, "示范课"):
            assert keys(reader, words, "need") == {need.pk}, (reader, words)
    for other in (make_officer(), make_officer(make_unit(UnitKind.COUNTY)), make_user(Role.EXPERT), make_user()):
        assert numbers(look(other, "讲分数")) == {}, other


def test_a_need_open_to_the_alliance_is_found_by_every_university() -> None:
    need = make_need(make_unit(UnitKind.COUNTY), what="想请人来讲分数")
    assert keys(make_officer(), "讲分数", "need") == {need.pk}
    assert keys(make_officer(make_unit(UnitKind.COUNTY)), "讲分数", "need") == set()


def test_a_meeting_is_found_by_its_agenda_minutes_and_decisions_as_they_stand() -> None:
    host, guest = make_unit(UnitKind.COUNTY), make_unit()
    caller = officer_of(host)
    meeting = make_held_meeting(host, caller, invited=[guest])
    readers = (caller, make_officer(guest))
    for reader in readers:
        for words in ("通报进展", "商定了分工", "联合教研计划", "会议室"):
            assert keys(reader, words, "meeting") == {meeting.pk}, words
    decided = [Decided("选派骨干教师", host, "", in_days(30))]
    write_papers(meeting, by=caller, minutes=meeting.minutes, attendance={}, decisions=decided)
    assert keys(caller, "骨干教师", "meeting") == {meeting.pk}
    assert keys(caller, "联合教研计划", "meeting") == set()


def test_a_meeting_is_found_by_nobody_who_was_not_invited(editor: User) -> None:
    host = make_unit(UnitKind.COUNTY)
    meeting = make_meeting(host, officer_of(host))
    assert keys(editor, "通报进展", "meeting") == {meeting.pk}
    for other in (make_officer(), make_officer(make_unit(UnitKind.COUNTY)), make_user(Role.EXPERT), make_user()):
        assert numbers(look(other, "通报进展")) == {}, other


def test_a_unit_narrows_to_its_needs_and_to_the_meetings_it_is_part_of(editor: User) -> None:
    pair, other = make_pair(), make_pair()
    need, foreign = (make_need(one.county, what="想请人来讲分数") for one in (pair, other))
    meeting = make_meeting(pair.university, make_officer(pair.university), partnership=pair)
    make_meeting(other.university, make_officer(other.university), partnership=other)
    assert keys(editor, "讲分数", "need", unit=str(pair.county_id)) == {need.pk}
    assert keys(editor, "讲分数", "need", unit=str(other.county_id)) == {foreign.pk}
    for unit in (pair.university_id, pair.county_id):
        assert keys(editor, "通报进展", "meeting", unit=str(unit)) == {meeting.pk}
    assert keys(editor, "讲分数", "need", state="report:draft") == set()
    assert keys(editor, "通报进展", "meeting", state="issue:draft") == set()


def test_every_find_leads_to_a_page_that_opens(editor: User, signed_in: Any) -> None:
    pair = make_pair()
    make_need(pair.county, what="分数怎么教")
    make_meeting(pair.county, officer_of(pair.county), partnership=pair)
    for reader in (editor, officer_of(pair.county), make_officer(pair.university)):
        client = signed_in(reader)
        hits = [hit for words in ("分数", "通报进展") for hit in look(reader, words).hits]
        assert {hit.source.name for hit in hits} == {"need", "meeting"}
        for hit in hits:
            assert client.get(hit.described.url).status_code == 200
