"""A list that can also show what one figure is made of."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms

from portal.accounts.forms.base import NarrowingForm
from portal.periods import Period, parse_period


class CountedForm(NarrowingForm):
    """``counted`` names the period of the figure, ``within`` its unit.

    Both stand in the address of a figure only, never among the filters that a person sets.
    """

    counted = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    within = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def figure(self) -> tuple[int, Period] | None:
        """Unit and period of the figure that was asked for."""
        given = self.narrowing()
        period = parse_period(given.get("counted", ""))
        return (given["within"], period) if period is not None and given.get("within") else None

    def filters(self) -> dict[str, Any]:
        """What a person has narrowed by."""
        hidden = ("counted", "within", "code")
        return {name: value for name, value in self.narrowing().items() if name not in hidden}


def counted_query(pk: int, period: Period, **more: str | int) -> str:
    """The same in an address."""
    return urlencode({**more, "counted": period.key, "within": pk})
