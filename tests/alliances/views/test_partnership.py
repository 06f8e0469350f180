"""结对合作: each sees his own pairs, and a pair's page says where it stands and what is next."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from alliances.models import Partnership
from alliances.services.partnership import add_contact, end_partnership
from alliances.services.work_item import finish_work_item
from alliances.states.term import term_of_days
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user
from tests.factories.alliance import in_days, make_need, make_pair
from tests.factories.partnership import make_agreement, make_item, make_plan

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
#: The issue's bound for lists and the partnership page.
MOST_QUERIES = 15


def page_of(client: Client, pair: Partnership) -> str:
    return client.get(reverse("partnership", args=[pair.pk])).content.decode()


def test_an_empty_list_says_what_to_do(officer: User, editor: User, signed_in: SignIn) -> None:
    assert "还没有登记结对关系" in signed_in(officer).get("/partnerships/").content.decode()
    assert "建立结对" in signed_in(editor).get("/partnerships/").content.decode()


def test_each_sees_the_pairs_of_his_own_unit_and_the_office_all(editor: User, signed_in: SignIn) -> None:
    pair = make_pair()
    make_pair()
    assert pair.county.parent is not None
    school = make_unit(UnitKind.SCHOOL, parent=pair.county)
    for unit in (pair.university, pair.county, pair.county.parent, school):
        client = signed_in(make_officer(unit))
        assert client.get("/partnerships/").context["page"].paginator.count == 1
        assert client.get(f"/partnerships/{pair.pk}/").status_code == 200
    for reader in (editor, make_user(Role.LEADER), make_user(Role.AUDITOR)):
        assert signed_in(reader).get("/partnerships/").context["page"].paginator.count == 2


def test_a_pair_of_another_county_is_not_found(signed_in: SignIn) -> None:
    pair = make_pair()
    stranger = signed_in(make_officer(make_unit(UnitKind.COUNTY)))
    item, agreement = make_item(pair, pair.county), make_agreement(pair)
    for path in ("", "contacts/", "agreements/new/", "work/new/"):
        assert stranger.get(f"/partnerships/{pair.pk}/{path}").status_code == 404
    assert stranger.get(f"/partnerships/work/{item.pk}/").status_code == 404
    assert stranger.get(f"/partnerships/agreements/{agreement.pk}/").status_code == 404


def test_the_step_bar_follows_what_the_pair_holds(signed_in: SignIn) -> None:
    pair = make_pair()
    county = make_officer(pair.county)
    client = signed_in(county)

    def done() -> list[bool]:
        return [shown.is_done for shown in client.get(f"/partnerships/{pair.pk}/").context["steps"]]

    assert done() == [False, False, False, False]
    assert "提出需求" in page_of(client, pair)
    make_need(pair.county, county)
    assert done() == [True, False, False, False]
    assert "登记协议" in page_of(client, pair)
    make_agreement(pair, by=county)
    assert done() == [True, True, False, False]
    item = make_item(pair, pair.county, due=in_days(-1))
    assert done() == [True, True, True, False]
    assert "起草详案" in page_of(client, pair)
    make_plan(pair.county, county)
    assert done() == [True, True, True, True]
    assert "查看逾期事项" in page_of(client, pair)
    finish_work_item(item, by=county, result="已完成。")
    assert "按工作清单推进" in page_of(client, pair)


def test_a_lapsed_agreement_takes_its_step_back(editor: User, signed_in: SignIn) -> None:
    pair = make_pair()
    make_agreement(pair, since=in_days(-90), until=in_days(-1))
    steps = signed_in(editor).get(f"/partnerships/{pair.pk}/").context["steps"]
    assert [shown.is_done for shown in steps] == [False, False, False, False]


def test_a_plan_of_last_year_or_a_draft_is_no_plan_of_this_year(editor: User, signed_in: SignIn) -> None:
    pair = make_pair()
    county = make_officer(pair.county)
    make_plan(pair.county, county, in_days(-400))
    draft = make_plan(pair.county, county, settled=False)
    client = signed_in(editor)
    assert not client.get(f"/partnerships/{pair.pk}/").context["steps"][3].is_done
    assert draft not in client.get(f"/partnerships/{pair.pk}/").context["plans"]


def test_what_is_next_is_the_renewal_once_the_agreement_ends_soon(signed_in: SignIn) -> None:
    pair = make_pair()
    agreement = make_agreement(pair, until=in_days(20))
    page = page_of(signed_in(make_officer(pair.university)), pair)
    assert "协议快到期了" in page
    assert f"/partnerships/agreements/{agreement.pk}/renew/" in page
    assert "还有20天" in page


def test_who_only_reads_gets_no_buttons(signed_in: SignIn) -> None:
    pair = make_pair()
    assert pair.county.parent is not None
    for reader in (make_officer(pair.county.parent), make_user(Role.LEADER)):
        page = page_of(signed_in(reader), pair)
        assert "下一步" in page
        assert "列入清单</a>" not in page


def test_late_work_stands_on_top(editor: User, signed_in: SignIn) -> None:
    pair = make_pair()
    make_item(pair, pair.county, title="建实习基地", due=in_days(9))
    make_item(pair, pair.university, title="派教师到校", due=in_days(-2))
    page = page_of(signed_in(editor), pair)
    assert page.index("派教师到校") < page.index("建实习基地")
    assert "逾期2天" in page


def test_list_and_page_ask_a_constant_number_of_questions(signed_in: SignIn) -> None:
    pair = make_pair()
    officer = make_officer(pair.university)
    make_agreement(pair)
    counts = []
    for more in (1, 299):
        editor = make_user(Role.EDITOR)
        for _ in range(more):
            make_item(pair, pair.county, by=editor, due=in_days(-3))
        for _ in range(1 if more == 1 else 29):
            make_pair(pair.university)
        row = []
        for path in ("", f"{pair.pk}/", "work/", "plans/"):
            client = signed_in(officer)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/partnerships/{path}").status_code == 200
            row.append(len(queries))
        counts.append(row)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST_QUERIES


def test_filters_narrow_the_list_and_the_table(editor: User, signed_in: SignIn) -> None:
    pair, other = make_pair(), make_pair()
    other.during = term_of_days(date(2020, 1, 1), in_days(10))
    other.save()
    client = signed_in(editor)

    def shown(query: str) -> list[Partnership]:
        return list(client.get(f"/partnerships/?{query}").context["page"])

    assert shown(f"prefecture={pair.county.parent_id}") == [pair]
    assert shown(f"university={other.university_id}") == [other]
    assert shown("standing=ending") == [other]
    assert shown("standing=running") == [pair]
    assert shown("standing=ended") == []
    book = load_workbook(io.BytesIO(client.get("/partnerships/table/?standing=ending").content))
    assert [row[1].value for row in book.active.iter_rows(min_row=3)] == [other.county.name]  # type: ignore[union-attr]


def test_the_office_pairs_a_university_with_a_partner_outside(editor: User, signed_in: SignIn) -> None:
    make_pair()
    university, partner = make_unit(), make_unit(UnitKind.PARTNER, is_outside=True)
    client = signed_in(editor)
    data = {"university": university.pk, "county": partner.pk, "since": "2024-09-01", "until": "2024-08-31"}
    assert "结束日期早于开始日期" in client.post("/partnerships/new/", data).content.decode()
    client.post("/partnerships/new/", data | {"until": "2099-08-31"})
    assert Partnership.objects.get(university=university).county == partner


def test_the_office_ends_a_pair_with_a_reason_and_keeps_its_page(editor: User, signed_in: SignIn) -> None:
    pair = make_pair()
    client = signed_in(editor)
    data = {"do": "end", "last_day": in_days(-1).isoformat(), "reason": ""}
    assert client.post(f"/partnerships/{pair.pk}/keep/", data).status_code == 422
    client.post(f"/partnerships/{pair.pk}/keep/", data | {"reason": "区划调整"})
    page = page_of(client, pair)
    assert "已结束" in page
    assert "区划调整" in page
    assert "列入清单</a>" not in page


def test_a_pair_with_an_agreement_in_force_is_not_ended_over_it(editor: User, signed_in: SignIn) -> None:
    pair = make_pair()
    make_agreement(pair)
    data = {"do": "end", "last_day": in_days(0).isoformat(), "reason": "区划调整"}
    page = signed_in(editor).post(f"/partnerships/{pair.pk}/keep/", data).content.decode()
    assert "先在协议页面终止协议" in page


def test_each_side_keeps_its_own_contacts(signed_in: SignIn) -> None:
    pair = make_pair()
    client = signed_in(make_officer(pair.county))
    client.post(f"/partnerships/{pair.pk}/contacts/", {"unit": pair.county_id, "post": "教研室主任", "phone": "0791-1"})
    assert "教研室主任" in page_of(client, pair)
    theirs = {"unit": pair.university_id, "post": "教务处"}
    assert client.post(f"/partnerships/{pair.pk}/contacts/", theirs).status_code == 403
    assert "教务处" not in page_of(client, pair)


def test_a_pair_ends_only_within_its_term(editor: User) -> None:
    pair = make_pair()
    add_contact(pair, by=editor, unit=pair.county, post="教研室主任")
    end_partnership(pair, by=editor, last_day=in_days(0), reason="合作完成")
    assert pair.standing == "ending"
    assert pair.contacts.count() == 1


def test_the_pair_stays_chosen_when_its_work_list_is_narrowed_further(editor: User, signed_in: SignIn) -> None:
    pair = make_pair()
    make_item(pair, pair.county)
    page = signed_in(editor).get(reverse("work-items"), {"partnership": str(pair.pk), "state": "open"}).content.decode()
    assert f'<input type="hidden" name="partnership" value="{pair.pk}"' in page
    assert 'name="partnership"' not in signed_in(editor).get(reverse("work-items")).content.decode()


def test_only_who_works_on_a_pair_is_offered_to_call_a_meeting_of_it(signed_in: SignIn) -> None:
    pair = make_pair()
    school = make_unit(UnitKind.SCHOOL, parent=pair.county)
    for reader in (make_user(Role.LEADER), make_officer(school)):
        assert "召集会议" not in signed_in(reader).get(reverse("partnership", args=[pair.pk])).content.decode()
    assert (
        "召集会议" in signed_in(make_officer(pair.county)).get(reverse("partnership", args=[pair.pk])).content.decode()
    )


def test_a_refused_reason_for_revising_a_plan_stays_on_the_page(signed_in: SignIn) -> None:
    officer = make_officer(make_unit(UnitKind.COUNTY))
    plan = make_plan(officer.posts_today[0].unit, officer)
    reason = "目标有变。" * 500
    answer = signed_in(officer).post(reverse("plan-act", args=[plan.pk, "revise"]), {"reason": reason})
    assert answer.status_code == 409
    assert reason in answer.content.decode()
    plan.refresh_from_db()
    assert plan.state == "settled"
