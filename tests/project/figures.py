"""What the addresses of reported and closed figures need: an indicator with a rule, a figure of a closed term."""

from __future__ import annotations

from pilots.models import IndicatorSet, ValueRule
from portal.accounts.models import Unit, User
from tests.factories.figures import ask_for, last_term, make_closing, make_reported, make_value


def figures_of(unit: Unit, officer: User, editor: User) -> dict[str, int]:
    """The figure is of ``unit``."""
    indicator = make_reported(unit.kind)
    ask_for(indicator)
    value = make_value(indicator, unit, 3, by=officer, period=last_term())
    rule = ValueRule.objects.create(indicator=indicator, kind=ValueRule.Kind.CHANGE, percent=50)
    closing = make_closing(editor)
    return {
        "reported_indicator": indicator.pk,
        "indicator_set": IndicatorSet.objects.all()[0].pk,
        "value_rule": rule.pk,
        "reported_value": value.pk,
        "closing": closing.pk,
        "closed_figure": closing.figures.get(code=indicator.code, subject=unit.pk).pk,
    }
