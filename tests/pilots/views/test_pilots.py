"""Pages of 试点管理 as the roles use them: from the first criterion to the list in Word."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from pilots.models import Candidate, Correction, Inspection, PilotCounty, SchoolProfile, SelectionRound
from pilots.services.candidate import confirm
from pilots.services.inspection import ask_correction, report, write_findings
from pilots.states.selection import CandidateState
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from tests.factories import make_officer, make_unit
from tests.factories.selection import make_candidate, make_inspection, make_pilot, make_profile, make_round

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
#: What no list may cost more than (issue: home, lists and partnership page).
MOST_QUERIES = 15


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.fixture
def prefecture() -> Unit:
    return make_unit(UnitKind.PREFECTURE, name="九江市")


@pytest.fixture
def county(prefecture: Unit) -> Unit:
    return make_unit(UnitKind.COUNTY, name="湖口县", parent=prefecture)


def typed_rows(*names: str) -> dict[str, str]:
    data = {"rows-TOTAL_FORMS": str(len(names) + 1), "rows-INITIAL_FORMS": "0"}
    for place, name in enumerate(names):
        data |= {f"rows-{place}-name": name, f"rows-{place}-how": "看材料", f"rows-{place}-most_points": "50"}
    return data | {f"rows-{len(names)}-name": ""}


def test_a_round_is_prepared_begun_answered_and_decided_through_its_pages(
    editor: User, county: Unit, prefecture: Unit, signed_in: SignIn
) -> None:
    office, bureau = signed_in(editor), signed_in(make_officer(prefecture))
    today = timezone.localdate()
    words = {"name": "首批试点县遴选", "level": "county", "opens_on": today, "closes_on": today}
    answer = office.post(reverse("round-new"), words | typed_rows("保障条件", "参与意愿"))
    round = SelectionRound.objects.get()
    assert answer.headers["Location"] == reverse("round", args=[round.pk])
    assert [row.name for row in round.criteria.all()] == ["保障条件", "参与意愿"]
    assert bureau.get(reverse("round", args=[round.pk])).status_code == 404
    office.post(reverse("round-act", args=[round.pk, "open"]))

    bureau.post(reverse("candidate-new", args=[round.pk]), {"unit": county.pk})
    candidate = Candidate.objects.get()
    filled: dict[str, Any] = {"reasons": "意愿强", "then": "recommend"}
    for criterion in round.criteria.all():
        filled |= {f"points_{criterion.pk}": 45, f"grounds_{criterion.pk}": "见材料"}
    bureau.post(reverse("candidate-edit", args=[candidate.pk]), filled)
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.RECOMMENDED
    assert "90" in office.get(reverse("round", args=[round.pk])).content.decode()
    office.post(reverse("candidate-act", args=[candidate.pk, "confirm"]))
    assert PilotCounty.objects.get().unit == county
    assert "湖口县" in bureau.get(reverse("pilots")).content.decode()


def test_what_was_typed_stays_where_it_is_refused(editor: User, signed_in: SignIn) -> None:
    today = timezone.localdate()
    words = {"name": "首批", "level": "county", "opens_on": today, "closes_on": today - timedelta(days=1)}
    answer = signed_in(editor).post(reverse("round-new"), words | typed_rows("保障条件"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "截止日期早于开始日期" in page
    assert 'value="保障条件"' in page


def test_points_beyond_the_most_are_named_beside_their_field(
    editor: User, county: Unit, prefecture: Unit, signed_in: SignIn
) -> None:
    officer = make_officer(prefecture)
    candidate = make_candidate(make_round(editor), county, officer, sent=False)
    first = candidate.round.criteria.earliest("order")
    data = {"reasons": "很长的理由", f"points_{first.pk}": "61"}
    answer = signed_in(officer).post(reverse("candidate-edit", args=[candidate.pk]), data)
    assert answer.status_code == 422
    assert "最高60分，请核对" in answer.content.decode()
    assert "很长的理由" in answer.content.decode()


def test_a_reason_is_asked_for_and_shown_to_who_recommended(
    editor: User, county: Unit, prefecture: Unit, signed_in: SignIn
) -> None:
    officer = make_officer(prefecture)
    candidate = make_candidate(make_round(editor), county, officer)
    address = reverse("candidate-act", args=[candidate.pk, "return"])
    assert signed_in(editor).post(address, {"reason": ""}).status_code == 422
    signed_in(editor).post(address, {"reason": "请补充经费安排。"})
    assert "请补充经费安排。" in signed_in(officer).get(reverse("candidate", args=[candidate.pk])).content.decode()


def test_a_candidate_of_another_prefecture_is_not_there(
    editor: User, county: Unit, prefecture: Unit, signed_in: SignIn
) -> None:
    candidate = make_candidate(make_round(editor), county, make_officer(prefecture))
    stranger = signed_in(make_officer(make_unit(UnitKind.PREFECTURE)))
    for name in ("candidate", "candidate-edit"):
        assert stranger.get(reverse(name, args=[candidate.pk])).status_code == 404
    assert stranger.post(reverse("candidate-act", args=[candidate.pk, "withdraw"])).status_code == 404


def test_the_lists_are_official_in_word_and_excel(
    editor: User, county: Unit, prefecture: Unit, signed_in: SignIn
) -> None:
    candidate = make_candidate(make_round(editor), county, make_officer(prefecture))
    confirm(candidate, by=editor)
    client = signed_in(editor)
    for word, sheet in (("pilots-word", "pilots-export"), ("round-word", "round-export")):
        args = [candidate.round_id] if word == "round-word" else []
        answer: Any = client.get(reverse(word, args=args))
        document = Document(io.BytesIO(b"".join(answer.streaming_content)))
        cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
        assert cells[0][:2] == ["序号", "县（市、区）"]
        assert cells[1][:3] == ["1", "湖口县", "九江市"]
        assert document.paragraphs[-1].text == f"{timezone.localdate():%Y年%-m月%-d日}"
        table: Any = load_workbook(io.BytesIO(client.get(reverse(sheet, args=args)).content)).active
        assert [cell.value for cell in table[4]][:3] == [1, "湖口县", "九江市"]


def test_the_school_fills_in_its_year_with_last_year_beside(signed_in: SignIn) -> None:
    school = make_unit(UnitKind.SCHOOL)
    client, year = signed_in(make_officer(school)), make_profile(school)
    first = int(year.school_year[:4])
    make_profile(school, f"{first - 1}-{first}", pupils=500)
    address = reverse("school-profile", args=[school.pk])
    assert f"{first - 1}—{first}学年：500" in client.get(address).content.decode()
    data = {"stage": year.stage_id, "area": "town", "pupils": 900, "classes": 0, "teachers": 50}
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "请填写班级数" in answer.content.decode()
    told = client.post(address, data | {"classes": 20}, follow=True).content.decode()
    assert SchoolProfile.objects.get(pk=year.pk).pupils == 900
    assert "变化较大，请核对" in told


def test_a_school_of_another_county_is_not_there(signed_in: SignIn) -> None:
    school = make_unit(UnitKind.SCHOOL)
    stranger = signed_in(make_officer(make_unit(UnitKind.COUNTY)))
    assert stranger.get(reverse("school-profile", args=[school.pk])).status_code == 404


def test_the_list_of_pilots_leads_to_what_the_reader_may_open(signed_in: SignIn) -> None:
    school = make_unit(UnitKind.SCHOOL)
    make_pilot(school)
    profile, unit = (reverse(name, args=[school.pk]) for name in ("school-profile", "unit"))
    for reader, leads_to in ((make_officer(school.parent), profile), (make_officer(), unit)):
        page = signed_in(reader).get(reverse("pilots"), {"level": "school"})
        assert f'href="{leads_to}"' in page.content.decode()
        assert signed_in(reader).get(leads_to).status_code == 200


def test_an_inspection_is_planned_found_answered_and_closed_through_its_pages(editor: User, signed_in: SignIn) -> None:
    school = make_unit(UnitKind.SCHOOL, name="湖口县第二中学")
    office, own = signed_in(editor), signed_in(make_officer(school))
    today = timezone.localdate()
    words = {"led_by": editor.posts_today[0].unit_id, "name": "督导", "starts_on": today, "ends_on": today}
    wrong = office.post(reverse("inspection-new"), words | {"units": "没有的学校"} | typed_rows("组织领导"))
    assert "没有找到“没有的学校”" in wrong.content.decode()
    office.post(reverse("inspection-new"), words | {"units": school.name} | typed_rows("组织领导"))
    inspection = Inspection.objects.get()
    visit, item = inspection.inspected.get(), inspection.items.get()
    found = {"visited_on": today, "remark": "较好", f"result_{item.pk}": "unmet", f"words_{item.pk}": "未分工"}
    office.post(reverse("inspected-findings", args=[visit.pk]), found)
    office.post(reverse("correction-new", args=[visit.pk]), {"what": "明确分工", "due": today})
    assert own.get(reverse("inspected", args=[visit.pk])).status_code == 404
    office.post(reverse("inspection-act", args=[inspection.pk, "report"]))
    assert "未分工" in own.get(reverse("inspected", args=[visit.pk])).content.decode()
    correction = Correction.objects.get()
    own.post(reverse("correction-answer", args=[correction.pk]), {"text": "已经分工。"})
    refused = office.post(reverse("correction-act", args=[correction.pk, "close"]), {"reason": ""})
    assert refused.status_code == 422
    office.post(reverse("correction-act", args=[correction.pk, "close"]), {"reason": "已核对。"})
    office.post(reverse("inspection-act", args=[inspection.pk, "close"]))
    inspection.refresh_from_db()
    assert inspection.get_state_display() == "已办结"


@pytest.mark.parametrize("name", ["pilots", "rounds", "school-profiles", "inspections", "corrections"])
def test_empty_lists_say_what_to_do(name: str, editor: User, signed_in: SignIn) -> None:
    assert "empty-hint" in signed_in(editor).get(reverse(name)).content.decode()


def test_lists_cost_the_same_with_one_row_and_with_thirty(editor: User, signed_in: SignIn) -> None:
    client = signed_in(editor)
    addresses = [
        f"{reverse('pilots')}?level=school",
        reverse("school-profiles"),
        reverse("inspections"),
        reverse("corrections"),
        reverse("rounds"),
    ]

    def grow(number: int) -> None:
        county = make_unit(UnitKind.COUNTY)
        for _ in range(number):
            school = make_unit(UnitKind.SCHOOL, parent=county)
            make_pilot(school)
            make_profile(school)
            inspection = make_inspection(editor, [school])
            visit, today = inspection.inspected.get(), timezone.localdate()
            write_findings(visit, by=editor, visited_on=today, remark="", findings=[])
            ask_correction(visit, by=editor, what="整改", due=today)
            report(inspection, by=editor)

    make_round(editor)
    grow(1)
    one = [queries(client, address) for address in addresses]
    make_round(editor, name="第二批", opened=False)
    grow(29)
    assert [queries(client, address) for address in addresses] == one
    assert max(one) <= MOST_QUERIES


def test_a_round_costs_the_same_with_one_candidate_and_with_twelve(
    editor: User, prefecture: Unit, signed_in: SignIn
) -> None:
    officer, client = make_officer(prefecture), signed_in(editor)
    round = make_round(editor)
    address = reverse("round", args=[round.pk])
    make_candidate(round, make_unit(UnitKind.COUNTY, parent=prefecture), officer)
    client.get(address)
    one = queries(client, address)
    for _ in range(11):
        make_candidate(round, make_unit(UnitKind.COUNTY, parent=prefecture), officer)
    assert queries(client, address) == one
