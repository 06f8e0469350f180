"""What all forms of the portal share."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django import forms

from portal.accounts.forms.base import PlainForm


class _Points(PlainForm):
    points = forms.DecimalField(decimal_places=2)


@pytest.mark.parametrize(
    ("stored", "shown"), [("9.00", "9"), ("8.50", "8.5"), ("100.0", "100"), ("0.00", "0"), ("0.25", "0.25")]
)
def test_a_number_stands_in_its_field_as_people_write_it(stored: str, shown: str) -> None:
    assert f'value="{shown}"' in str(_Points(initial={"points": Decimal(stored)})["points"])
