"""Pages of needs and meetings: nothing typed is lost, lists cost the same however long, the feed is the person's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances.models import Need, NeedKind
from alliances.services.meeting import cancel_meeting
from alliances.states.need import NeedState
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from tests.factories import make_officer, make_unit
from tests.factories.alliance import (
    in_days,
    make_arranged_need,
    make_held_meeting,
    make_meeting,
    make_need,
    make_pair,
    make_team,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def ordered(**fields: Any) -> dict[str, Any]:
    kind = NeedKind.objects.earliest("order").pk
    return {"kind": kind, "what": "请来上一节课", "urgency": "1"} | fields


def test_a_school_orders_and_the_university_takes_it_on_their_pages(signed_in: SignIn) -> None:
    pair = make_pair()
    school = make_officer(make_unit(UnitKind.SCHOOL, parent=pair.county))
    answer = signed_in(school).post(reverse("need-new"), ordered())
    need = Need.objects.get()
    assert answer.headers["Location"] == reverse("need", args=[need.pk])
    client = signed_in(make_officer(pair.university))
    address = reverse("need-act", args=[need.pk, "claim"])
    refused = client.post(address, {"visitors": "教授1人", "planned_on": in_days(-1).isoformat()})
    assert refused.status_code == 422
    assert "教授1人" in refused.content.decode()
    assert client.post(address, {"visitors": "教授1人", "planned_on": in_days(2).isoformat()}).status_code == 302
    need.refresh_from_db()
    assert need.state == NeedState.CLAIMED
    assert "教授1人" in signed_in(school).get(reverse("need", args=[need.pk])).content.decode()


def test_what_was_typed_is_there_after_a_refusal(signed_in: SignIn) -> None:
    school = make_officer(make_unit(UnitKind.SCHOOL))
    answer = signed_in(school).post(reverse("need-new"), ordered(wanted_by=in_days(-1).isoformat()))
    assert answer.status_code == 422
    assert "请来上一节课" in answer.content.decode()
    assert not Need.objects.exists()


def test_a_need_is_told_as_done_with_a_new_activity(signed_in: SignIn) -> None:
    pair = make_pair()
    need, asking, _taker = make_arranged_need(make_unit(UnitKind.SCHOOL, parent=pair.county), pair.university)
    client, address = signed_in(asking), reverse("need-finish", args=[need.pk])
    page = client.get(address).content.decode()
    kind = re.search(r'value="(\d+)" selected', page)
    assert kind is not None, "the kind that was ordered is chosen already"
    done = client.post(address, {"how": "new", "kind": kind[1], "held_on": in_days(0).isoformat(), "place": "教室"})
    assert done.status_code == 302
    need.refresh_from_db()
    assert need.state == NeedState.DONE


def test_a_stranger_finds_neither_need_nor_meeting(signed_in: SignIn) -> None:
    pair = make_pair()
    need = make_need(make_unit(UnitKind.SCHOOL, parent=pair.county))
    meeting = make_meeting(pair.university, make_officer(pair.university), partnership=pair)
    client = signed_in(make_officer(make_unit(UnitKind.COUNTY)))
    assert client.get(reverse("need", args=[need.pk])).status_code == 404
    assert client.get(reverse("meeting", args=[meeting.pk])).status_code == 404
    assert client.get(reverse("meeting-file", args=[meeting.pk])).status_code == 404


def test_a_decision_without_an_owner_keeps_everything_else_typed(signed_in: SignIn) -> None:
    pair = make_pair()
    host = make_officer(pair.university)
    meeting = make_held_meeting(pair.university, host, partnership=pair)
    data = {
        "minutes": "补充后的纪要",
        "attendance-TOTAL_FORMS": 0,
        "attendance-INITIAL_FORMS": 0,
        "decisions-TOTAL_FORMS": 1,
        "decisions-INITIAL_FORMS": 0,
        "decisions-0-text": "制定计划",
    }
    address = reverse("meeting-papers", args=[meeting.pk])
    answer = signed_in(host).post(address, data)
    assert answer.status_code == 422
    assert "请填写由哪个单位办理" in answer.content.decode()
    assert "补充后的纪要" in answer.content.decode()
    assert signed_in(host).post(address, data | {"decisions-0-owner": pair.county.name}).status_code == 302
    assert meeting.decisions.get().owner == pair.county


def test_the_calendar_shows_a_meeting_on_each_of_its_days(signed_in: SignIn) -> None:
    pair = make_pair()
    host = make_officer(pair.university)
    meeting = make_meeting(pair.university, host)
    page = signed_in(host).get(reverse("meetings"), {"month": f"{meeting.start:%Y-%m}"}).content.decode()
    assert page.count('class="month-meeting"') == 1
    assert signed_in(host).get(reverse("meetings"), {"month": "2024-13"}).status_code == 200


def test_a_phone_reads_its_owners_meetings_until_the_address_is_revoked(signed_in: SignIn) -> None:
    pair = make_pair()
    host = make_officer(pair.university)
    mine = make_meeting(pair.university, host)
    other = make_officer()
    make_meeting(other.posts_today[0].unit, other)
    client, phone, page = signed_in(host), Client(), reverse("calendar-subscription")
    address = re.search(r'value="(http[^"]+\.ics)"', client.post(page, {"act": "make"}).content.decode())
    assert address is not None
    assert address[1] not in client.get(page).content.decode(), "it is shown once"
    text = phone.get(address[1]).content.decode()
    assert (text.count("BEGIN:VEVENT"), f"UID:meeting-{mine.pk}@" in text) == (1, True)
    cancel_meeting(mine, by=host, reason="改期")
    assert "STATUS:CANCELLED" in phone.get(address[1]).content.decode()
    client.post(page, {"act": "revoke"})
    assert phone.get(address[1]).status_code == 404


@pytest.mark.parametrize("name", ["needs", "meetings", "teams", "needs-export", "meetings-export", "teams-export"])
def test_a_list_costs_the_same_with_one_row_and_with_thirty(name: str, signed_in: SignIn, editor: User) -> None:
    pair = make_pair()
    host = make_officer(pair.university)
    asking = make_officer(make_unit(UnitKind.SCHOOL, parent=pair.county))
    client = signed_in(editor)

    def add(number: int) -> None:
        if name.startswith("needs"):
            make_need(asking.posts_today[0].unit, asking)
        elif name.startswith("meetings"):
            make_held_meeting(pair.university, host, partnership=pair)
        else:
            team, _ = make_team(editor, pair.university)
            type(team).objects.filter(pk=team.pk).update(name=f"团队{number}")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        return len(queries)

    add(0)
    cost()  # fills what is remembered between requests
    few = cost()
    for number in range(1, 30):
        add(number)
    assert cost() == few
    assert few <= 15
