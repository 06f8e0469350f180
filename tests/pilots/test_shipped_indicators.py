"""S2's and S3's figures as DOMAIN.md lists them are all there, each with its clause and its force; and the five
batches' without figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pilots.models import Indicator, IndicatorSet, ValueRule
from portal.measures import level_called, measure_called

pytestmark = pytest.mark.django_db

END_2025, END_2027 = date(2025, 12, 31), date(2027, 12, 31)
#: Code: value, force, period, level judged, clause, until when.
FIGURES = {
    "s2-joint-research": (8, "must", "term", "community", "三（三）", None),
    "s2-coverage": (100, "must", "span", "county", "二", date(2024, 12, 31)),
    "s2-exchange": (None, "must", "school_year", "community", "三（二）", None),
    "s3-exchange": (5, "must", "school_year", "county", "二（三）11", None),
    "s3-leaders-in-post": (100, "normal", "school_year", "county", "二（三）11", None),
    "s3-young-heads": (50, "strive", "span", "county", "二（三）11", END_2027),
    "s3-researcher-visits": (100, "must", "span", "county", "二（三）10", END_2027),
    "s3-new-researchers": (100, "must", "school_year", "county", "二（三）10", None),
    "s3-new-village-teachers": (100, "must", "school_year", "county", "二（三）10", None),
    "s3-rural-training": (2, "must", "term", "county", "二（三）10", None),
    "s3-open-lessons": (1, "must", "term", "county", "二（三）10", None),
    "s3-small-schools": (80, "must", "school_year", "county", "二（三）10", None),
    "s3-warm-campus": (1, "must", "span", "county", "二（二）8", END_2027),
    "s3-kindergarten-pairs": (100, "must", "school_year", "county", "二（一）4", None),
    "s3-preschool-centres": (1, "must", "span", "county", "二（二）5", END_2027),
    "s3-new-groups": (5, "must", "span", "county", "一", END_2025),
    "s3-model-junior": (2, "must", "span", "county", "二（一）2", END_2027),
    "s3-model-senior": (1, "must", "span", "county", "二（一）2", END_2027),
    "s3-preschool-counties": (2, "strive", "span", "prefecture", "一", END_2027),
    "s3-township-districts": (100, "normal", "span", "county", "二（二）6", END_2025),
    "s3-group-coverage": (1, "strive", "span", "county", "二（一）4", END_2027),
}
#: Rules about single persons and kindergartens: the figure that each of them has to reach is in the words.
OF_EACH = {
    "s3-leaders-in-post": "12年",
    "s3-young-heads": "45岁",
    "s3-researcher-visits": "五年",
    "s3-new-researchers": "三年",
    "s3-new-village-teachers": "五年",
    "s3-kindergarten-pairs": "3所",
}


@pytest.mark.parametrize("code", FIGURES)
def test_a_figure_of_the_sources_is_shipped_with_clause_force_and_deadline(code: str) -> None:
    value, force, period, level, clause, until = FIGURES[code]
    one = Indicator.objects.get(code=code)
    assert one.usual_value == (None if value is None else Decimal(value))
    assert (one.force, one.period_kind, one.level, one.usual_until) == (force, period, level, until)
    assert one.clause.endswith(f"，{clause}")
    assert one.evidence
    assert one.definition


@pytest.mark.parametrize("code", OF_EACH)
def test_what_is_asked_of_single_persons_is_reported_as_a_share_of_them(code: str) -> None:
    one = Indicator.objects.get(code=code)
    assert one.is_ratio
    assert one.is_reported
    assert one.above_label
    assert one.below_label
    assert OF_EACH[code] in one.name
    assert one.rules.filter(kind=ValueRule.Kind.NOT_MORE, effect=ValueRule.Effect.REFUSE).exists()


def test_nothing_else_is_shipped_but_the_five_batches_which_have_no_figures() -> None:
    of_batches = Indicator.objects.filter(belongs_to__name="五个一批")
    of_sources = Indicator.objects.filter(belongs_to__isnull=False).exclude(belongs_to__name="五个一批")
    assert set(of_sources.values_list("code", flat=True)) == set(FIGURES)
    assert of_batches.count() == 10
    assert not of_batches.exclude(usual_value=None).exists()
    assert not of_batches.filter(targets__isnull=False).exists()
    assert [str(one) for one in IndicatorSet.objects.all()] == [
        "南昌“1+N”城乡发展共同体",
        "江门2023—2027城乡教育一体化",
        "五个一批",
    ]


def test_every_shipped_indicator_can_be_counted_or_reported_and_is_judged_by_a_level_there_is() -> None:
    for one in Indicator.objects.all():
        assert level_called(one.level), one
        assert one.is_reported != bool(one.measure), one
        assert not one.measure or measure_called(one.measure), one
        assert not one.denominator or measure_called(one.denominator), one
        assert not one.is_reported or level_called(one.reported_by), one
