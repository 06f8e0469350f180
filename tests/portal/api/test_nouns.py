"""The nouns of the programme over the API: the rows, rights and acts of the pages, for all of them one way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import force_authenticate

from pilots.models import (
    Community,
    CommunityPlan,
    CommunityRecord,
    CommunityRecordKind,
    ProgressDoubt,
    ProgressReport,
    ServiceCertificate,
)
from pilots.queries.reported import previous_entered
from pilots.services.reported_value import comment_value
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from portal.api.noun import Noun
from portal.api.nouns import NOUNS
from portal.api.resource import view_of
from portal.workflow import _workflows
from tests.factories import make_officer, make_unit, make_user
from tests.factories.activity import make_indicator, make_target
from tests.factories.alliance import make_body, make_pair, make_team
from tests.factories.community import SINCE, lead_of, make_community, member_of
from tests.factories.figures import last_term, make_closing, make_ratio, make_reported, make_value
from tests.factories.partnership import make_item
from tests.factories.progress import make_desks
from tests.factories.selection import make_inspection
from tests.factories.task import make_task

SignIn = Callable[[User], Client]
API = "/api/v1/"


def send(client: Client, address: str, **data: Any) -> Any:
    return client.post(address, data, content_type="application/json")


def test_every_act_is_a_row_of_its_transition_table() -> None:
    for noun in NOUNS:
        known = {one.name for one in _workflows[noun.model].transitions} if noun.acts else set()
        assert set(noun.acts) <= known, noun.path


def test_the_description_is_valid_and_complete(tmp_path: Path) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))
    assert (tmp_path / "schema.yml").stat().st_size


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.path)
def test_every_field_and_filter_has_words_of_the_office(noun: Noun) -> None:
    from portal.api.filters import filters_of

    for form in (noun.page()(), filters_of(noun)()):
        plain = [name for name, field in form.fields.items() if str(field.help_text or "").isascii()]
        assert plain == []


def test_every_list_asks_as_often_for_twenty_rows_as_for_one(rf: RequestFactory, db: None, tmp_path: Path) -> None:
    """Over the sample programme: the first row alone, then up to twenty (of a few nouns it has fewer)."""
    call_command("load_sample", accounts=tmp_path / "accounts.txt", stdout=StringIO())
    editor = User.objects.get(username="bianji")
    indicator = _some_more(editor)

    def asked(noun: Noun, pks: list[int]) -> int:
        shown = replace(noun, rows=lambda user: noun.rows(user).filter(pk__in=pks))
        request = rf.get(f"{API}{noun.path}/")
        force_authenticate(request, editor)
        with CaptureQueriesContext(connection) as queries:
            answer = view_of(shown).as_view({"get": "list"})(request)
        assert answer.data["count"] == len(pks)
        return len(queries)

    growing = {}
    for noun in NOUNS:
        rows = noun.rows(editor).order_by("pk")
        if noun.path == "targets":  # these ask as often as there are indicators (pilots/queries/standing.py)
            rows = rows.filter(indicator=indicator)
        pks = list(rows.values_list("pk", flat=True)[:20])
        asked(noun, pks[:1])  # kinds of things are read once in a process
        one, many = asked(noun, pks[:1]), asked(noun, pks)
        if noun.path != "alliances" and (len(pks) < 2 or many > one):  # there is but one alliance
            growing[noun.path] = (len(pks), one, many)
    assert growing == {}


def _some_more(editor: User) -> int:
    """Of what the sample programme holds too few, some more; returns the indicator of the targets."""
    schools = [make_unit(UnitKind.SCHOOL) for _ in range(3)]
    indicator = make_indicator()
    for school in schools:
        make_target(school, indicator=indicator)
    make_body(editor)
    make_team(editor, make_unit())
    make_inspection(editor, schools)
    for period in (last_term(), previous_entered(last_term())):
        make_closing(editor, period)
    for number, community in enumerate(Community.objects.all()[:3]):
        CommunityPlan.objects.create(community=community, school_year=f"{2030 + number}-{2031 + number}", text="共建。")
    for number, record in enumerate(CommunityRecord.objects.all()[:3]):
        ServiceCertificate.objects.create(record=record, token=f"token-{number}", content={}, created_by=editor)
    for report in ProgressReport.objects.all()[:3]:
        ProgressDoubt.objects.create(report=report, key="a", line="活动3场", right="4场", owner=report.unit, by=editor)
    return indicator.pk


def test_units_tell_where_they_stand_and_what_they_were_called(signed_in: SignIn, editor: User) -> None:
    school = make_unit(UnitKind.SCHOOL, "湖滨小学")
    client = signed_in(editor)
    found = client.get(f"{API}units/", {"kind": "school", "text": "湖滨"}).json()["results"]
    assert [(row["id"], row["parent"]["id"]) for row in found] == [(school.pk, school.parent_id)]
    assert [one["name"] for one in client.get(f"{API}units/{school.pk}/").json()["names"]] == ["湖滨小学"]


def test_what_waits_is_that_of_the_list_and_nobody_else_s(signed_in: SignIn, db: None) -> None:
    pair = make_pair()
    item = make_item(pair, pair.county)
    rows = signed_in(make_officer(pair.county)).get(f"{API}waiting/").json()["results"]
    assert [(row["title"], row["page"]) for row in rows] == [(item.title, f"/partnerships/work/{item.pk}/")]
    assert pair.county.label in rows[0]["holder"]
    assert signed_in(make_officer(pair.university)).get(f"{API}waiting/").json()["count"] == 0


def test_how_a_target_stands_is_worked_out_once(signed_in: SignIn, editor: User) -> None:
    school = make_unit(UnitKind.SCHOOL)
    target = make_target(school)
    with CaptureQueriesContext(connection) as queries:
        shown = signed_in(editor).get(f"{API}targets/{target.pk}/").json()
    assert [one["name"] for one in shown["standings"]] == [school.name]
    assert sum("pilots_activitycredit" in query["sql"] for query in queries) == 1


class TestFigures:
    """What units report and what was closed: each reads its own, as on the pages."""

    def test_a_unit_reads_its_figure_with_what_was_said_and_another_ones_is_not_there(
        self, signed_in: SignIn, editor: User
    ) -> None:
        own, other = make_unit(UnitKind.COUNTY), make_unit(UnitKind.COUNTY)
        officer, indicator = make_officer(own), make_ratio()
        value = make_value(indicator, own, 3, 60, by=officer)
        foreign = make_value(indicator, other, 4, 60, by=make_officer(other))
        comment_value(value, text="含线上培训吗？", by=editor)
        client = signed_in(officer)
        asked: dict[str, str | int] = {"indicator": indicator.pk, "period": value.key}
        rows = client.get(f"{API}reported-values/", asked).json()["results"]
        assert [(row["id"], row["figure"], row["unit"]["name"]) for row in rows] == [(value.pk, 5, own.name)]
        shown = client.get(f"{API}reported-values/{value.pk}/").json()
        assert [one["text"] for one in shown["comments"]] == ["含线上培训吗？"]
        assert shown["history"][-1]["after"] == {"number": "3", "below": "60"}
        assert client.get(f"{API}reported-values/{foreign.pk}/").status_code == 404

    def test_a_closing_tells_its_hash_and_a_unit_its_own_closed_figures(self, signed_in: SignIn, editor: User) -> None:
        own, _ = make_unit(UnitKind.COUNTY), make_unit(UnitKind.COUNTY)
        indicator = make_reported()
        closing = make_closing(editor)
        client = signed_in(make_officer(own))
        shown = client.get(f"{API}closings/{closing.pk}/").json()
        assert (shown["digest"], shown["is_intact"]) == (closing.digest, True)
        asked: dict[str, str | int] = {"closing": closing.pk, "code": indicator.code}
        rows = client.get(f"{API}closed-figures/", asked).json()["results"]
        assert [(row["subject"], row["value"]) for row in rows] == [(own.pk, None)]
        assert client.get(f"{API}closed-figures/", {"subject": "甲"}).status_code == 400

    def test_a_list_that_has_not_changed_is_a_bare_304(self, signed_in: SignIn, editor: User) -> None:
        make_closing(editor)
        client = signed_in(editor)
        for path in ("reported-values", "closings", "closed-figures"):
            tag = client.get(f"{API}{path}/")["ETag"]
            assert client.get(f"{API}{path}/", headers={"if-none-match": tag}).status_code == 304


class TestWorkItems:
    """One noun stands for all: there is no code of its own behind any of them."""

    def test_a_visitor_is_told_to_sign_in(self, client: Client, db: None) -> None:
        assert client.get(f"{API}work-items/").status_code == 401

    def test_a_unit_sees_its_own_and_another_ones_is_not_there(self, signed_in: SignIn, db: None) -> None:
        pair, foreign = make_pair(), make_pair()
        own, other = make_item(pair, pair.county), make_item(foreign, foreign.county)
        client = signed_in(make_officer(pair.county))
        assert [row["id"] for row in client.get(f"{API}work-items/").json()["results"]] == [own.pk]
        assert client.get(f"{API}work-items/{other.pk}/").status_code == 404
        assert send(client, f"{API}work-items/{other.pk}/start/").status_code == 404

    def test_who_only_reads_is_offered_nothing_and_refused(self, signed_in: SignIn, db: None) -> None:
        pair = make_pair()
        item = make_item(pair, pair.county)
        client = signed_in(make_user(Role.LEADER))
        assert client.get(f"{API}work-items/{item.pk}/").json()["actions"] == []
        assert send(client, f"{API}work-items/{item.pk}/finish/").status_code == 403

    def test_the_acts_are_those_of_the_table(self, signed_in: SignIn, db: None) -> None:
        pair = make_pair()
        item = make_item(pair, pair.county)
        client = signed_in(make_officer(pair.county))
        shown = client.get(f"{API}work-items/{item.pk}/").json()
        assert [one["name"] for one in shown["actions"]][:2] == ["start", "finish"]
        assert send(client, shown["actions"][0]["url"]).json()["state"] == "doing"
        assert set(send(client, shown["actions"][1]["url"]).json()) == {"result"}
        assert send(client, shown["actions"][1]["url"], result="已办好。").json()["state_label"] == "已完成"
        assert send(client, f"{API}work-items/{item.pk}/reopen/").status_code == 409, "a reason is asked for"
        assert send(client, f"{API}work-items/{item.pk}/nonsense/").status_code == 404

    def test_the_list_is_narrowed(self, signed_in: SignIn, editor: User) -> None:
        pair = make_pair()
        soon, later = make_item(pair, pair.county), make_item(pair, pair.university, title="编写校本教材")
        client, today = signed_in(editor), timezone.localdate()

        def found(**asked: Any) -> list[int]:
            return [row["id"] for row in client.get(f"{API}work-items/", asked).json()["results"]]

        assert found(text="教材") == [later.pk]
        assert found(owner=pair.county_id) == [soon.pk]
        assert found(area=pair.county_id) == [soon.pk]
        assert found(until=today.isoformat()) == []
        assert len(found(since=today.isoformat(), until=(today + timedelta(days=60)).isoformat())) == 2
        assert set(client.get(f"{API}work-items/", {"state": "lost", "owner": "甲"}).json()) == {"state", "owner"}

    def test_an_answer_that_is_known_is_not_sent_again(self, signed_in: SignIn, editor: User) -> None:
        pair = make_pair()
        make_item(pair, pair.county)
        client = signed_in(editor)
        first = client.get(f"{API}work-items/")
        again = client.get(f"{API}work-items/", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        make_item(pair, pair.county)
        assert client.get(f"{API}work-items/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200

    def test_thirty_rows_ask_as_often_as_one(self, signed_in: SignIn, editor: User) -> None:
        pair, client = make_pair(), signed_in(editor)
        make_item(pair, pair.county, by=editor)
        make_task(pair.county)
        addresses = (f"{API}work-items/", f"{API}tasks/")

        def asked(address: str) -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            return len(queries)

        one = [asked(address) for address in addresses]
        for _ in range(29):
            other = make_pair()
            make_item(other, other.county, by=editor)
        for _ in range(5):
            make_task(make_pair().county)
        assert [asked(address) for address in addresses] == one


def test_certificates_are_shown_to_those_who_may_give_them_out(signed_in: SignIn, editor: User) -> None:
    community = make_community()
    taker, giver = lead_of(community), member_of(community)
    kind = CommunityRecordKind.objects.filter(is_exchange=True).earliest("pk")
    record = CommunityRecord.objects.create(
        community=community, kind=kind, giver=giver, taker=taker, what="语文教师", number=1, start=SINCE, end=SINCE
    )
    made = ServiceCertificate.objects.create(record=record, token="token", content={"person": "李"}, created_by=editor)
    for reader in (editor, make_officer(taker), make_officer(community.area)):
        shown = signed_in(reader).get(f"{API}service-certificates/{made.pk}/")
        assert (shown.status_code, shown.json()["content"]["person"]) == (200, "李")
        assert reader.has_perm("pilots.certify_service", record)
    for other in (make_officer(giver), make_officer()):
        assert signed_in(other).get(f"{API}service-certificates/{made.pk}/").status_code == 404
        assert not other.has_perm("pilots.certify_service", record)


def test_a_doubt_is_settled_by_who_keeps_the_fact(signed_in: SignIn, db: None) -> None:
    desks, owner = make_desks(), make_unit(UnitKind.COUNTY)
    doubts = [
        ProgressDoubt.objects.create(
            report=desks.report, key=key, line="活动3场", right="4场", owner=owner, by=desks.teacher
        )
        for key in ("a", "b")
    ]
    client, (first, second) = signed_in(make_officer(owner)), doubts
    assert [one["name"] for one in client.get(f"{API}doubts/{first.pk}/").json()["actions"]] == ["correct", "uphold"]
    assert send(client, f"{API}doubts/{first.pk}/correct/", reason="已补登一场。").json()["answer"] == "已补登一场。"
    assert send(client, f"{API}doubts/{second.pk}/uphold/").status_code == 409, "why it is right is asked for"
    assert send(client, f"{API}doubts/{second.pk}/uphold/", reason="只有3场。").json()["state_label"] == "核对无误"
    assert signed_in(make_officer()).get(f"{API}doubts/{first.pk}/").status_code == 404
