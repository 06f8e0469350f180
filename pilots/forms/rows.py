"""Tables that are typed row by row: as many rows as there are, and some empty ones to go on with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from portal.accounts.forms.base import PlainForm

#: Empty rows below what is there; after saving there are as many again.
EMPTY_ROWS = 4
#: No checklist is longer; what a page sends beyond it is not read.
MOST_ROWS = 100


class LineForm(PlainForm):
    """One line of a checklist."""

    name = forms.CharField(label="检查内容", max_length=100)
    how = forms.CharField(label="检查方式", max_length=300, required=False)


class CriterionForm(PlainForm):
    """One criterion of a round."""

    name = forms.CharField(label="标准", max_length=100)
    how = forms.CharField(label="评定办法", max_length=300, required=False)
    most_points = forms.IntegerField(
        label="最高分",
        min_value=0,
        max_value=1000,
        required=False,
        error_messages={
            "invalid": "最高分请填数字。",
            "min_value": "最高分不能是负数。",
            "max_value": "最高分不超过1000。",
        },
    )
    must_pass = forms.BooleanField(label="必须达到", required=False)


class _Rows(BaseFormSet):  # type: ignore[type-arg]  # at run time it takes no parameter
    """Rows of which any may be left empty, also those that stood there before."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"empty_permitted": True}


def typed_rows(
    form: type[PlainForm], data: Any = None, initial: Sequence[dict[str, Any]] = (), *, prefix: str = "rows"
) -> BaseFormSet[Any]:
    """The rows of a table; emptying a row takes it away. ``prefix`` tells several tables of a page apart."""
    kind = formset_factory(form, formset=_Rows, extra=EMPTY_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    # What was typed is not held against what stood there: an emptied row would count as changed, and as wanting.
    return kind(data, initial=list(initial) if data is None else None, prefix=prefix)


def filled(rows: BaseFormSet[Any]) -> list[dict[str, Any]]:
    """What was typed, row by row, without the empty ones. Ask ``is_valid`` first."""
    return [row.cleaned_data for row in rows.forms if row.cleaned_data.get("name")]
