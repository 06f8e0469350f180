"""Pages of targets, reported figures and assessments ask the database as often for many rows as for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilots.models import Assessment, FiguresClosing, Indicator, ItemScore, Scheme, Survey
from pilots.queries.assessed_figures import count_all
from pilots.services.assessment import open_assessment, to_county, to_reviewers
from pilots.services.reviewing import assign_reviewer
from pilots.services.self_assessment import finish_review
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user
from tests.factories.assessment import ITEMS, make_assessment, make_expert, make_scheme, make_survey
from tests.factories.assessment_round import Round
from tests.factories.community import make_community, make_school
from tests.factories.figures import ask_for, last_term, make_closing, make_reported, make_value
from tests.factories.progress import open_term

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
MANY = 8


def asked(client: Client, name: str, *at: int, rows: int = 0, **query: Any) -> int:
    """How often the page asks once it is warm; it has to show ``rows`` rows, where it is a list."""
    address = reverse(name, args=at)
    client.get(address, query)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address, query)
    assert page.status_code == 200
    if rows:
        assert len(list(page.context.get("page") or page.context["rows"])) == rows
    return len(queries)


def plan(editor: User, communities: int, scheme: Scheme | None = None, members: int = 1) -> Assessment:
    """A round under a name of its own."""
    of = [
        make_community(lead=make_school(), members=[make_school() for _ in range(members)]) for _ in range(communities)
    ]
    return make_assessment(editor, of, scheme, name=f"考核{Assessment.objects.count()}")


def test_list_of_assessments(signed_in: SignedIn) -> None:
    editor = make_user(Role.EDITOR)
    scheme, client = make_scheme(editor), signed_in(editor)
    plan(editor, 1, scheme)
    one = asked(client, "assessments", rows=1)
    for _ in range(MANY - 1):
        plan(editor, 1, scheme)
    assert asked(client, "assessments", rows=MANY) == one


def test_one_assessment_over_many_communities(signed_in: SignedIn) -> None:
    editor = make_user(Role.EDITOR)
    scheme, client = make_scheme(editor), signed_in(editor)
    rounds = [plan(editor, number, scheme) for number in (1, MANY)]
    for found in rounds:
        open_assessment(found, by=editor)
    one = asked(client, "assessment", rounds[0].pk, rows=1)
    assert asked(client, "assessment", rounds[1].pk, rows=MANY) == one


def test_reviewers_list_and_sheet(signed_in: SignedIn) -> None:
    small, expert = Round(), make_expert()
    small.with_county()
    finish_review(small.assessed, by=small.county)
    reviewer = assign_reviewer(small.assessed, expert, by=small.editor)
    to_reviewers(small.assessment, by=small.editor)
    client = signed_in(expert)
    list_of_one, sheet_of_two = asked(client, "reviews", rows=1), asked(client, "review", reviewer.pk)
    big = _many_schools(small.editor, expert)
    assert asked(client, "reviews", rows=2) == list_of_one
    assert asked(client, "review", big) == sheet_of_two


def test_sheet_of_a_community_with_many_schools(signed_in: SignedIn) -> None:
    small = Round()
    small.with_county()
    client = signed_in(small.editor)
    one = asked(client, "assessed", small.assessed.pk)
    found = plan(small.editor, 1, small.assessment.scheme, members=MANY)
    open_assessment(found, by=small.editor)
    to_county(found, by=small.editor)
    assert asked(client, "assessed", found.communities.get().pk) <= one


def test_matrix_of_units(signed_in: SignedIn) -> None:
    editor = make_user(Role.EDITOR)
    ask_for(make_reported())
    make_unit(UnitKind.COUNTY)
    open_term(editor)
    client = signed_in(editor)
    one = asked(client, "reporting-matrix", kind="county")
    for _ in range(MANY):
        make_unit(UnitKind.COUNTY)
    open_term(editor)
    assert asked(client, "reporting-matrix", kind="county") == one


def test_lists_of_indicators_and_closings(signed_in: SignedIn) -> None:
    editor = make_user(Role.EDITOR)
    Indicator.objects.exclude(pk=make_reported().pk).update(is_active=False)
    county = make_unit(UnitKind.COUNTY)
    client, first = signed_in(editor), make_closing(editor)
    names = (("indicators", (), 0), ("closings", (), 1), ("closing", (first.pk,), 1))
    one = [asked(client, name, *at, rows=rows) for name, at, rows in names]
    for number in range(MANY - 1):
        added = make_reported(name=f"培训次数{number}")
        make_value(added, county, 3, by=editor, period=last_term(), reason="补报")
        make_closing(editor, reason=f"增加第{number}项")
    last = FiguresClosing.objects.order_by("-version")[0]
    names = (("indicators", (), 0), ("closings", (), MANY), ("closing", (last.pk,), MANY))
    assert [asked(client, name, *at, rows=rows) for name, at, rows in names] == one


def test_list_of_surveys_and_figures_of_the_surveyed(signed_in: SignedIn) -> None:
    editor = make_user(Role.EDITOR)
    make_survey(editor)
    client = signed_in(editor)
    one = asked(client, "surveys", rows=1)
    survey = {**ITEMS[1], "way": "survey", "full_at": 5, "statements": "孩子喜欢上学。"}
    scheme = make_scheme(editor, (ITEMS[0], survey, ITEMS[2]), name="带调查的方案")

    def counted(members: int) -> int:
        found = plan(editor, 1, scheme, members=members)
        open_assessment(found, by=editor)
        scores = list(ItemScore.objects.filter(assessed__assessment=found).select_related("item", "assessed", "school"))
        with CaptureQueriesContext(connection) as queries:
            assert len(count_all(found, scores)) == members
        return len(queries)

    assert counted(1) == counted(MANY - 2)
    assert Survey.objects.count() == MANY
    assert asked(client, "surveys", rows=MANY) == one


def test_grid_and_rows_behind_a_figure(signed_in: SignedIn) -> None:
    county = make_unit(UnitKind.COUNTY)
    officer = make_officer(county)
    indicator = make_reported(UnitKind.SCHOOL, entered_above=True)
    ask_for(indicator, county)
    client = signed_in(officer)
    behind: dict[str, Any] = {"indicator": indicator.pk, "period": last_term().key}

    def reported(schools: list[Unit]) -> list[int]:
        """Every second one has reported."""
        for school in schools[::2]:
            make_value(indicator, school, 3, by=officer, period=last_term())
        return [asked(client, "values"), asked(client, "reported-values", **behind)]

    one = reported([make_unit(UnitKind.SCHOOL, parent=county) for _ in range(2)])
    assert reported([make_unit(UnitKind.SCHOOL, parent=county) for _ in range(MANY)]) == one


def _many_schools(editor: User, expert: User) -> int:
    """Another round, whose reviewer scores many schools; its reviewer's id."""
    found = plan(
        editor,
        1,
        make_scheme(editor, tuple({**item, "way": "review"} for item in ITEMS), name="专家评审方案"),
        members=MANY,
    )
    open_assessment(found, by=editor)
    to_county(found, by=editor)
    assessed = found.communities.get()
    finish_review(assessed, by=editor)
    reviewer = assign_reviewer(assessed, expert, by=editor)
    to_reviewers(found, by=editor)
    return reviewer.pk
