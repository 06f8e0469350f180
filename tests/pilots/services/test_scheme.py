"""Schemes of assessment: weights, formulas, and how figures become points."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.models import Indicator, Scheme
from pilots.queries.tally import tallies
from pilots.scoring import linear
from pilots.services.activity_credit import renew_credits
from pilots.services.assessment import open_assessment
from pilots.services.scheme import copy_scheme, delete_item, problems_of, save_item
from portal.accounts.roles import Role
from portal.periods import school_year_of
from portal.refusals import Refused
from tests.factories import make_activity, make_user
from tests.factories.assessment import ITEMS, item_fields, make_assessment, make_scheme
from tests.factories.community import lead_of, make_community, staff_of

pytestmark = pytest.mark.django_db

SHIPPED = "城乡共同体捆绑式考核"


def formula(code: str, text: str, **given: Any) -> dict[str, Any]:
    return item_fields(code=code, way="formula", formula=text, full_at=Decimal(10), **given)


def test_a_code_is_given_once_and_who_has_it_is_named() -> None:
    editor = make_user(Role.EDITOR)
    scheme = make_scheme(editor)
    with pytest.raises(ValidationError) as error:
        save_item(None, scheme=scheme, by=editor, **item_fields(code="c1", name="联合备课"))
    assert error.value.message_dict == {"code": ["编号C1已用于“共同教研”，请换一个。"]}


def test_a_formula_over_what_experts_score_is_told_what_it_may_use() -> None:
    editor = make_user(Role.EDITOR)
    scheme = make_scheme(editor)
    with pytest.raises(ValidationError) as error:
        save_item(None, scheme=scheme, by=editor, **formula("B2", "B1 * 2", share="member"))
    told = "“B1”不是按指标或公式计分的，公式里不能用。请改用按指标或公式计分的考核内容，或指标代号。"
    assert error.value.message_dict == {"formula": [told]}


def test_the_shipped_scheme_can_be_used_and_names_its_source() -> None:
    shipped = Scheme.objects.get(name=SHIPPED)
    assert problems_of(shipped) == []
    assert "考评机制捆绑化" in shipped.basis
    assert {item.share for item in shipped.items.all()} == {"lead", "member", "joint"}
    assert shipped.items.filter(is_value_added=True).exists()


def test_the_office_changes_a_copy() -> None:
    editor = make_user(Role.EDITOR)
    copy = copy_scheme(Scheme.objects.get(name=SHIPPED), by=editor, name="本地考核")
    delete_item(copy.items.get(code="C1"), by=editor)
    assert problems_of(copy) == ["各项分值合计80分，应为100分，请调整。"]
    assert problems_of(Scheme.objects.get(name=SHIPPED)) == []
    with pytest.raises(PermissionDenied):
        copy_scheme(copy, by=staff_of(make_community().area), name="别人的")


@pytest.mark.parametrize(
    ("text", "told"),
    [("A2 + 1", "引用了自己"), ("X9 + 1", "没有“X9”"), ("A1 ** 2", "加减乘除"), ("", "请填写公式")],
)
def test_a_formula_that_cannot_be_used_is_refused_at_its_field(text: str, told: str) -> None:
    editor = make_user(Role.EDITOR)
    scheme = make_scheme(editor, ())
    save_item(None, scheme=scheme, by=editor, **formula("A1", "s2-school-research / 2"))
    with pytest.raises(ValidationError) as error:
        save_item(None, scheme=scheme, by=editor, **formula("A2", text))
    assert told in "".join(error.value.message_dict["formula"])


def test_a_circle_over_two_items_is_refused() -> None:
    editor = make_user(Role.EDITOR)
    scheme = make_scheme(editor, ())
    first = save_item(None, scheme=scheme, by=editor, **formula("A1", "s2-school-research / 2"))
    save_item(None, scheme=scheme, by=editor, **formula("A2", "A1 * 2"))
    with pytest.raises(ValidationError, match="循环"):
        save_item(first, scheme=scheme, by=editor, **formula("A1", "A2 + 1"))
    with pytest.raises(Refused, match="A2的公式用到了A1"):
        delete_item(first, by=editor)


def test_the_joint_part_is_counted_for_communities_and_the_rest_for_schools() -> None:
    editor = make_user(Role.EDITOR)
    scheme, joint = make_scheme(editor, ()), Indicator.objects.get(code="s2-joint-research")
    given = item_fields(way="indicator", indicator=joint, full_at=Decimal(8))
    with pytest.raises(ValidationError, match="不是按学校统计"):
        save_item(None, scheme=scheme, by=editor, **given)
    save_item(None, scheme=scheme, by=editor, **given | {"share": "joint"})
    with pytest.raises(ValidationError, match="没有“s2”"):
        save_item(None, scheme=scheme, by=editor, **formula("A2", "s2-joint-research * 2"))


def test_points_grow_in_a_line_and_never_beyond_the_weight() -> None:
    given = {"zero_at": Decimal(0), "full_at": Decimal(8), "weight": Decimal(20)}
    assert [linear(Decimal(value), **given) for value in (-1, 0, 4, 8, 12)] == [0, 0, 10, 20, 20]
    falling = {"zero_at": Decimal(10), "full_at": Decimal(2), "weight": Decimal(20)}
    assert [linear(Decimal(value), **falling) for value in (12, 6, 2, 0)] == [0, 10, 20, 20]


def counted(*items: dict[str, Any], days: tuple[date, ...]) -> list[Any]:
    """The lines of a round by ``items`` over a community whose lead held a 联合教研 on each of ``days``."""
    editor, community = make_user(Role.EDITOR), make_community()
    lead = lead_of(community)
    for day in days:
        activity = make_activity(lead, day)
        type(activity).objects.filter(pk=activity.pk).update(state="recorded")
    renew_credits()
    scheme = make_scheme(editor, ())
    left = Decimal(60) - sum(Decimal(item["weight"]) for item in items)
    for item in (*items, *([item_fields(code="A9", weight=left)] if left else []), item_fields(**ITEMS[1])):
        save_item(None, scheme=scheme, by=editor, **item)
    round = make_assessment(editor, [community], scheme)
    open_assessment(round, by=editor)
    return [line for line in tallies(round)[0].lines if line.item.is_counted]


def test_growth_counts_against_the_unit_s_own_start() -> None:
    """Two last year, five this year: grown by three of six."""
    year = school_year_of(timezone.localdate())
    before = [year.start - timedelta(days=30 + place) for place in range(2)]
    now = [year.start + timedelta(days=place) for place in range(5)]
    research = Indicator.objects.get(code="s2-school-research")
    item = item_fields(way="indicator", indicator=research, full_at=Decimal(6), is_value_added=True)
    (line,) = counted(item, days=(*before, *now))
    assert (line.score.base, line.score.figure, line.score.growth, line.points) == (2, 5, 3, 5)


def test_a_denominator_of_zero_is_shown_as_such_and_gives_no_points() -> None:
    year = school_year_of(timezone.localdate())
    item = formula("A1", "s2-school-research / s2-school-support")
    (line,) = counted(item, days=(year.start,))
    assert (line.points, line.gap) == (None, "分母为0，无法计算")


def test_a_result_too_big_to_be_kept_is_shown_as_such() -> None:
    year = school_year_of(timezone.localdate())
    (line,) = counted(formula("A1", "s2-school-research * 1000000 * 1000000 * 1000000"), days=(year.start,))
    assert line.points is None
    assert "太大" in line.score.gap


def test_a_formula_joins_what_other_items_count() -> None:
    year = school_year_of(timezone.localdate())
    research = Indicator.objects.get(code="s2-school-research")
    first = item_fields(code="A1", way="indicator", indicator=research, full_at=Decimal(8))
    lines = counted(first, formula("A2", "A1 * 2 + 1"), days=(year.start, year.start + timedelta(days=1)))
    assert {line.item.code: line.score.figure for line in lines} == {"A1": 2, "A2": 5}
