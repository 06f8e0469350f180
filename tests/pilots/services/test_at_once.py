"""Two people at the same figure, the same period or the same round at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from threading import Barrier
from time import sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import connections, transaction

from pilots.models import Assessment, FiguresClosing, ReportedValue
from pilots.services.objection import raise_objection
from pilots.services.reported_value import Overtaken
from pilots.services.reviewing import TypedReview, save_reviews
from pilots.services.self_assessment import settle_score
from pilots.states.assessment import AssessmentState
from portal.accounts.roles import Role, UnitKind
from portal.refusals import Refused
from tests.factories import make_officer, make_unit, make_user
from tests.factories.assessment_round import Round
from tests.factories.figures import last_term, make_closing, make_reported, make_value
from tests.live import OwnDatabase


def at_once(acts: Sequence[Callable[[], object]]) -> list[str]:
    """What each was told, sorted: nothing where it was done."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            gate.wait(10)
            act()
        except (Refused, ValidationError) as error:
            return f"{type(error).__name__} {error}"
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_a_new_figure_is_saved_once_and_the_other_is_told(own_database: OwnDatabase) -> None:
    county, indicator = make_unit(UnitKind.COUNTY), make_reported()
    people = [make_user(Role.STAFF, county) for _ in range(2)]
    told = at_once([partial(make_value, indicator, county, 3, by=one) for one in people])
    assert told[0] == ""
    assert told[1].startswith(Overtaken.__name__)
    assert ReportedValue.objects.get().version == 1


def test_a_period_is_closed_once(own_database: OwnDatabase) -> None:
    make_unit(UnitKind.COUNTY)
    make_reported()
    editors = [make_user(Role.EDITOR) for _ in range(2)]
    told = at_once([partial(make_closing, one) for one in editors])
    assert told[0] == ""
    assert "已封存" in told[1]
    assert FiguresClosing.objects.count() == 1


def test_a_school_objects_once(own_database: OwnDatabase) -> None:
    round = Round()
    round.shown()
    score, member = round.score("B1", round.members[0]), round.members[0]
    school = member.posts_today[0].unit
    told = at_once([lambda: raise_objection(score, unit=school, by=member, text="漏看了材料。")] * 2)
    assert told[0] == ""
    assert "正在办理" in told[1]


@pytest.mark.parametrize("who", ["county", "reviewer"])
def test_nobody_writes_into_a_stage_that_is_ending(own_database: OwnDatabase, who: str) -> None:
    round = Round()
    round.with_reviewers()
    score = round.score("B1", round.members[0])
    acts: dict[str, Callable[[], object]] = {
        "county": lambda: settle_score(round.score("A1"), by=round.editor, points=Decimal(9), reason="多了"),
        "reviewer": lambda: save_reviews(
            round.reviewer(0), by=round.experts[0], reviews=[TypedReview(score.pk, Decimal(9))]
        ),
    }

    def run() -> None:
        try:
            acts[who]()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Assessment.objects.select_for_update().get(pk=round.assessment.pk)
            late = pool.submit(run)
            sleep(1)  # it has begun by now, and waits
            Assessment.objects.filter(pk=round.assessment.pk).update(state=AssessmentState.SHOWN)
        with pytest.raises(Refused):
            late.result(20)


def test_a_figure_saved_in_the_moment_of_a_closing_is_in_it(own_database: OwnDatabase) -> None:
    county, indicator, editor = make_unit(UnitKind.COUNTY), make_reported(), make_user(Role.EDITOR)
    officer = make_officer(county)

    def close() -> Decimal | None:
        try:
            return make_closing(editor).figures.get(code=indicator.code, subject=county.pk).value
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            make_value(indicator, county, 3, by=officer, period=last_term())
            closed = pool.submit(close)
            sleep(1)  # it has begun by now, and waits
        assert closed.result(20) == 3


def test_a_figure_is_not_saved_behind_a_closing_under_way(own_database: OwnDatabase) -> None:
    county, indicator, editor = make_unit(UnitKind.COUNTY), make_reported(), make_user(Role.EDITOR)
    officer = make_officer(county)

    def save() -> None:
        try:
            make_value(indicator, county, 3, by=officer, period=last_term())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            make_closing(editor)
            late = pool.submit(save)
            sleep(1)  # it has begun by now, and waits
        with pytest.raises(Refused, match="已封存"):
            late.result(20)
