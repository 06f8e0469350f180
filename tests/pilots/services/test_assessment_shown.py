"""The same result wherever it is shown: on the unit's page, and to programs, each by who asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pilots.queries.assessed_unit import assessed_as
from portal.accounts.models import User
from tests.factories.assessment_round import Round

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
API = "/api/v1/"


def test_programs_read_the_published_result_as_the_pages_show_it(signed_in: SignIn) -> None:
    round = Round()
    round.published()
    client = signed_in(round.lead)
    shown = client.get(f"{API}assessments/{round.assessment.pk}/").json()
    assert [one["total"] for one in shown["results"]] == ["83"]
    assert {item["code"] for item in shown["items"]} == {"A1", "B1", "C1"}
    sheet: dict[str, Any] = client.get(f"{API}assessed-communities/{round.assessed.pk}/").json()
    assert [school["points"] for school in sheet["result"]["schools"]] == ["36", "33", "25"]


def test_no_program_of_a_school_reads_points_while_they_are_made(signed_in: SignIn) -> None:
    round = Round()
    round.scored()
    of_school, of_office = signed_in(round.lead), signed_in(round.editor)
    address = f"{API}assessed-communities/{round.assessed.pk}/"
    assert of_school.get(address).json()["result"] is None
    assert of_school.get(f"{API}assessments/{round.assessment.pk}/").json()["results"] == []
    assert of_office.get(address).json()["result"]["total"] == "83"


def test_an_expert_gets_nothing_of_it_from_programs(signed_in: SignIn) -> None:
    round = Round()
    round.with_reviewers()
    client = signed_in(round.experts[0])
    assert client.get(f"{API}assessments/").json()["count"] == 0
    assert client.get(f"{API}assessed-communities/{round.assessed.pk}/").status_code == 404
    assert client.get(f"{API}assessment-schemes/{round.assessment.scheme_id}/").status_code == 404


def test_the_unit_page_tells_of_the_round_and_of_the_total_once_published(signed_in: SignIn) -> None:
    round = Round()
    round.shown()
    school = round.lead.posts_today[0].unit
    (row,) = assessed_as(round.lead, school)
    assert row.total == ""
    round.time_passes()
    round.publish()
    for unit in (school, round.community.area):
        answer = signed_in(round.lead).get(f"/units/{unit.pk}/").content.decode()
        assert "城乡共同体考核" in answer
        assert "总分83" in answer
